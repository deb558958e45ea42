import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { RelatedProducts } from '@vitrine/contracts/catalog'
import { cardOf } from '#app/features/catalog/card.ts'
import { ProductGrid } from '#app/features/catalog/product-card.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'

export const loader = answering(async ({ request, params }: LoaderFunctionArgs) => {
  const path = `/api/catalog/products/${encodeURIComponent(params.slug ?? '')}/related?limit=4`
  const { items } = await api(request).get(RelatedProducts, path)
  return { items: items.map(cardOf) }
})

export const meta: MetaFunction = () => pageMeta({ title: 'Goes well with it', isHidden: true })

/** Also a part of the product page, fetched by the enhancement module when it comes near. */
export default function Related() {
  const { items } = useLoaderData<typeof loader>()
  return (
    <main id="main" className="wrap page-top">
      <h1>Goes well with it</h1>
      <div className="section-s" data-fragment-body>
        <ProductGrid products={items} columns={4} />
      </div>
    </main>
  )
}
