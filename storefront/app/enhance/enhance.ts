import { enhanceBusy } from '#app/enhance/busy.ts'
import { enhanceCart } from '#app/enhance/cart.ts'
import { enhanceDrafts } from '#app/enhance/drafts.ts'
import { enhanceFacets } from '#app/enhance/facets.ts'
import { enhanceForms } from '#app/enhance/forms.ts'
import { enhanceFragments } from '#app/enhance/fragments.ts'
import { enhanceGallery } from '#app/enhance/gallery.ts'
import { enhanceOffline } from '#app/enhance/offline.ts'
import { enhanceSuggestions } from '#app/enhance/suggestions.ts'

/** What the pages without React gain from a script. Each of them works without it. */
enhanceForms()
enhanceGallery()
enhanceCart()
enhanceFragments()
enhanceSuggestions()
enhanceBusy()
enhanceDrafts()
enhanceFacets()
enhanceOffline()
