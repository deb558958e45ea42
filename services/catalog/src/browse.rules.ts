import type { Facet, ProductList, ProductListQuery, Suggestion } from '@vitrine/contracts/catalog'
import type { SellableVariant } from '@vitrine/contracts/reservations'
import { pathOf, toLink } from './category.rules.ts'
import { thumbnailOf } from './picture.rules.ts'
import type { ProductRecord, VariantRecord } from './product.repository.ts'
import { searchView } from './search.rules.ts'
import type { CatalogView } from './view.rules.ts'

/** Titles instead of slugs; the roots, and what is below a chosen one. */
export function categoryFacet(view: CatalogView, facet: Facet): Facet {
  const counts = new Map(facet.values.map((value) => [value.value, value]))
  const chosen = facet.values
    .filter((value) => value.selected)
    .flatMap((value) => pathOf(view.categories, value.value).map((category) => category.slug))
  const parents = [null, ...new Set(chosen)]
  const shown = parents.flatMap((parent) => view.categories.children.get(parent) ?? [])
  const values = shown.map(({ slug, title }) => ({
    value: slug,
    label: title,
    count: counts.get(slug)?.count ?? 0,
    selected: counts.get(slug)?.selected ?? false,
  }))
  return { ...facet, values }
}

export function categoryHead(view: CatalogView, query: ProductListQuery): ProductList['category'] {
  const slug = [query.category ?? []].flat()
  const category = slug.length === 1 ? view.categories.bySlug.get(slug[0] ?? '') : undefined
  if (!category) return null
  const { title, description } = category
  const children = (view.categories.children.get(category.slug) ?? []).map(toLink)
  return { slug: category.slug, title, description, path: pathOf(view.categories, category.slug).map(toLink), children }
}

/** The same shelf first, then the same room; what is nearest in price leads. */
export function relatedTo(view: CatalogView, record: ProductRecord): ProductRecord[] {
  const room = pathOf(view.categories, record.category)[0]?.slug
  const amount = view.listed.get(record.id)?.minAmount ?? 0
  return [...view.listed.values()]
    .filter((product) => product.record.status === 'active' && product.record.id !== record.id)
    .map((product) => {
      const isSameShelf = product.record.category === record.category
      const isSameRoom = isSameShelf || pathOf(view.categories, product.record.category)[0]?.slug === room
      const distance = Math.abs(Math.log((product.minAmount + 1) / (amount + 1)))
      return {
        record: product.record,
        rank: distance - (isSameShelf ? 6 : isSameRoom ? 3 : 0) - (product.record.brand === record.brand ? 1 : 0),
      }
    })
    .sort((a, b) => a.rank - b.rank)
    .map((entry) => entry.record)
}

export function suggestionsFor(view: CatalogView, words: string, limit: number): Suggestion[] {
  const start = words.toLowerCase()
  const categories = [...view.categories.bySlug.values()]
    .filter((category) => category.title.toLowerCase().startsWith(start))
    .slice(0, 2)
    .map(({ title, slug }) => ({
      kind: 'category' as const,
      title,
      url: `/categories/${slug}`,
      picture: null,
      price: null,
    }))
  const found = searchView(view, words)
    .hits.map(({ id }) => view.listed.get(id)?.record)
    .filter((record) => record?.status === 'active')
  const products = found.slice(0, limit - categories.length).flatMap((record) => {
    if (!record) return []
    const price = record.variants.map((variant) => variant.price).sort((a, b) => a.amount - b.amount)[0] ?? null
    return [
      {
        kind: 'product' as const,
        title: record.title,
        url: `/products/${record.slug}`,
        picture: thumbnailOf(record.pictures[0]),
        price,
      },
    ]
  })
  return [...categories, ...products]
}

/** What cart and orders need to know of a variant. */
export function toSellable(
  view: CatalogView,
  record: ProductRecord,
  variant: VariantRecord,
  available: number,
): SellableVariant {
  const { id: productId, slug, title, pictures, status } = record
  const own = pictures.find((picture) => variant.pictureIds.includes(picture.id)) ?? pictures[0]
  const { sku, options, price } = variant
  const isSellable = status === 'active'
  const categories = pathOf(view.categories, record.category).map((category) => category.slug)
  const picture = thumbnailOf(own)
  return { sku, productId, slug, title, categories, options, picture, price, available, isSellable }
}
