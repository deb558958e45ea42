import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ProductList } from '@vitrine/contracts/catalog'
import { cardOf } from '#app/features/catalog/card.ts'
import { LateShelf } from '#app/features/catalog/related.tsx'
import { Facts, Feature, Rail, Shelves, ShopWindow } from '#app/features/home/home-parts.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { publicUrl } from '#app/server/env.server.ts'
import { readRecent } from '#app/server/recent.server.ts'
import { listCategories } from '#app/server/shop.server.ts'

const SHELF_PICTURES = 60
const RAIL = 4

/** Two calls: one list feeds shelves, the newest and the best rated; one the sale. */
export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  const client = api(request)
  const [newest, sale, categories] = await Promise.all([
    client.get(ProductList, `/api/catalog/products?sort=newest&limit=${SHELF_PICTURES}`),
    client.get(ProductList, `/api/catalog/products?onSale=true&inStock=true&sort=popular&limit=${RAIL}`),
    listCategories(request),
  ])
  const shelves = categories.slice(0, 6).map(({ slug, title, productCount }) => ({
    slug,
    title,
    productCount,
    picture: newest.items.find((item) => item.categoryPath.some((category) => category.slug === slug))?.pictures[0],
  }))
  const inStock = newest.items.filter((item) => item.available > 0)
  const feature = inStock.toSorted((a, b) => b.rating.average - a.rating.average || b.rating.count - a.rating.count)[0]
  return {
    shelves,
    feature,
    newest: inStock.slice(0, RAIL).map(cardOf),
    sale: sale.items.map(cardOf),
    productCount: newest.total,
    hasRecent: readRecent(request).length > 0,
    canonical: publicUrl('/'),
  }
})

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  pageMeta({
    title: 'Good things in plain view',
    description: 'Objects for listening, brewing, carrying and sitting down. Every price includes tax.',
    canonical: data?.canonical,
  })

export default function Home() {
  const { shelves, feature, newest, sale, productCount, hasRecent } = useLoaderData<typeof loader>()
  return (
    <main id="main">
      <div className="wrap">
        <ShopWindow />
        <Shelves shelves={shelves} productCount={productCount} />
        <Rail
          id="new"
          title="New this week"
          more={{ to: '/products?sort=newest', title: 'All new things' }}
          products={newest}
        />
        <Feature product={feature} />
        <Rail
          id="sale"
          title="Last of the batch"
          more={{ to: '/products?onSale=true', title: 'Everything on sale' }}
          products={sale}
        />
        {hasRecent && (
          <LateShelf
            id="recent"
            title="Looked at lately"
            from="/recent"
            more={{ to: '/recent', title: 'All of them' }}
          />
        )}
        <Facts />
      </div>
    </main>
  )
}
