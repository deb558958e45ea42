import { redirect } from '@remix-run/node'
import { Product, ProductList, Variant } from '@vitrine/contracts/catalog'
import { z } from 'zod'
import { type Card, type CardList, cardOf } from '#app/features/catalog/card.ts'
import { parseAmount } from '#app/format.ts'
import { api } from '#app/server/api.server.ts'
import { LIST_PARAMS } from '#app/server/list-params.ts'
import { listCategories } from '#app/server/shop.server.ts'

/** A list of products as cards need them: what no card shows is not looked at. */
const Listed = ProductList.extend({
  items: z.array(
    Product.pick({
      id: true,
      slug: true,
      title: true,
      brand: true,
      rating: true,
      available: true,
      priceRange: true,
      pictures: true,
      options: true,
    }).extend({ variants: z.array(Variant.pick({ price: true, compareAtPrice: true })) }),
  ),
})

export const PAGE_SIZE = 24
const INSTEAD = 4
const CURRENCY = 'EUR'
const TYPED_PRICES = { from: 'price.min', to: 'price.max' }

/** Prices typed in euro become the query of the API, so that every list has one address. */
function redirectTypedPrices(url: URL): void {
  if (!url.searchParams.has('from') && !url.searchParams.has('to')) return
  const params = new URLSearchParams(url.search)
  for (const [typed, name] of Object.entries(TYPED_PRICES)) {
    const amount = parseAmount(params.get(typed) ?? '', CURRENCY)
    params.delete(typed)
    if (amount !== null) params.set(name, String(amount))
  }
  throw redirect(`${url.pathname.replace(/\.data$/, '')}?${params}`, 302)
}

/** What is shown where nothing was found. */
async function listInstead(request: Request, { total }: z.infer<typeof Listed>): Promise<Card[]> {
  if (total > 0) return []
  const popular = await api(request).get(Listed, `/api/catalog/products?inStock=true&limit=${INSTEAD}`)
  return popular.items.map(cardOf)
}

/** One call to the catalog for a page of products, another only where it found nothing. `fixed` is what the path says, such as the category. */
export async function loadProductList(request: Request, fixed: Record<string, string> = {}) {
  const url = new URL(request.url)
  redirectTypedPrices(url)
  const params = new URLSearchParams(
    [...url.searchParams].filter(([name, value]) => LIST_PARAMS.test(name) && value !== ''),
  )
  const address = { path: url.pathname.replace(/\.data$/, ''), search: params.toString() }
  for (const [name, value] of Object.entries(fixed)) params.set(name, value)
  if (!params.has('page')) params.set('page', '1')
  params.set('limit', String(PAGE_SIZE))
  const [list, categories] = await Promise.all([
    api(request).get(Listed, `/api/catalog/products?${params}`),
    listCategories(request),
  ])
  const productCount = categories.reduce((sum, category) => sum + category.productCount, 0)
  const cards: CardList = { ...list, items: list.items.map(cardOf) }
  return { list: cards, address, productCount, pageSize: PAGE_SIZE, instead: await listInstead(request, list) }
}
