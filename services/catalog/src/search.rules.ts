import type { SearchResult } from './search.index.ts'
import type { CatalogView } from './view.rules.ts'

const LIKE_SKU = /^[a-z0-9][a-z0-9._-]*$/i
/** Numbers and hyphens stand in SKUs rather than in words. */
const UNLIKE_WORD = /[0-9._-]/

/** Products with a SKU of which a part begins so, whatever the case; those whose SKU it is lead. */
function idsBySku(view: CatalogView, words: string): Set<string> {
  const exact = [words, words.toUpperCase()].flatMap((sku) => view.idBySku.get(sku) ?? [])
  const begins = new RegExp(`(?:^|[._-])${words.replaceAll('.', '\\.')}`, 'i')
  const ids = new Set(exact)
  for (const [sku, id] of view.idBySku) if (begins.test(sku)) ids.add(id)
  return ids
}

/**
 * Finds products by words, or by SKU. SKUs stay outside the index of words: each is a word of its own, and together
 * they would take more room than all others. They are gone through one by one when the words look like one, or are
 * nowhere to be found.
 */
export function searchView(view: CatalogView, typed: string): SearchResult {
  const words = typed.trim()
  const found = view.search.search(words)
  const isFound = found.hits.length > 0 && !found.isPartial
  if (!LIKE_SKU.test(words) || (isFound && !UNLIKE_WORD.test(words))) return found
  const ids = idsBySku(view, words)
  if (ids.size === 0) return found
  const best = found.hits[0]?.score ?? 0
  const bySku = [...ids].map((id, place) => ({ id, score: best + ids.size - place }))
  const byWords = isFound ? found.hits.filter(({ id }) => !ids.has(id)) : []
  return { hits: [...bySku, ...byWords], isPartial: false }
}
