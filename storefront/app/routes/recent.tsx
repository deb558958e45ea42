import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ProductList } from '@vitrine/contracts/catalog'
import { cardOf } from '#app/features/catalog/card.ts'
import { ProductGrid } from '#app/features/catalog/product-card.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { readRecent } from '#app/server/recent.server.ts'

const MOST = 8

/** Also a part of other pages, fetched by the enhancement module; `not` is the product that is open there. */
export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  const open = new URL(request.url).searchParams.get('not')
  const ids = readRecent(request).filter((id) => id !== open)
  if (ids.length === 0) return { products: [] }
  const limit = open ? MOST / 2 : MOST
  const list = await api(request).get(ProductList, `/api/catalog/products?ids=${ids.slice(0, limit).join(',')}`)
  return { products: list.items.map(cardOf) }
})

export const meta: MetaFunction = () => pageMeta({ title: 'Looked at lately', isHidden: true })

export default function Recent() {
  const { products } = useLoaderData<typeof loader>()
  return (
    <main id="main" className="wrap page-top">
      <h1>Looked at lately</h1>
      {products.length === 0 && <p className="soft">The last products you opened in this browser stand here.</p>}
      <div className="section-s" data-fragment-body>
        <ProductGrid products={products} columns={4} />
      </div>
    </main>
  )
}
