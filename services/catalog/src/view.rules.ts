import type { Product } from '@vitrine/contracts/catalog'
import type { Stock } from '@vitrine/contracts/inventory'
import { type CategoryIndex, pathOf, toLink } from './category.rules.ts'
import { toListed } from './list.rules.ts'
import type { ListedProduct } from './listed.product.ts'
import type { ProductRecord } from './product.repository.ts'
import { ratingOf } from './product.rules.ts'
import type { SearchIndex } from './search.index.ts'
import { type Shared, withSharedParts } from './view.sharing.ts'

/** This process's copy of the catalog: products and categories as of `revision`, and counts of stock. Good for showing, not for selling. */
export interface CatalogView {
  revision: number
  /** Grows when the copied stock changes. */
  stockEpoch: number
  /** Another text whenever anything in the copy has changed. */
  stamp: string
  /** The mark of changes it was made for. */
  mark: string
  listed: Map<string, ListedProduct>
  idBySlug: Map<string, string>
  idBySku: Map<string, string>
  categories: CategoryIndex
  stock: Map<string, Stock>
  search: SearchIndex
  shared: Shared
}

/** Replaces a product in the copy, with every name it can be found by. */
export function takeOver(view: CatalogView, record: ProductRecord): void {
  const earlier = view.listed.get(record.id)?.record
  for (const variant of earlier?.variants ?? []) view.idBySku.delete(variant.sku)
  for (const slug of earlier?.oldSlugs ?? []) if (view.idBySlug.get(slug) === record.id) view.idBySlug.delete(slug)
  view.listed.set(record.id, toListed(withSharedParts(view.shared, record)))
  for (const slug of record.oldSlugs) if (!view.idBySlug.has(slug)) view.idBySlug.set(slug, record.id)
  view.idBySlug.set(record.slug, record.id)
  for (const variant of record.variants) view.idBySku.set(variant.sku, record.id)
}

export const toSearchDocument = (view: CatalogView, record: ProductRecord) => ({
  id: record.id,
  title: record.title,
  brand: record.brand ?? '',
  categories: pathOf(view.categories, record.category)
    .map((category) => category.title)
    .join(' '),
  options: record.options.flatMap((option) => option.values).join(' '),
  description: record.description,
})

const availableOf = (view: CatalogView, sku: string): number => view.stock.get(sku)?.available ?? 0

/** The product as readers see it. */
export function toProduct(view: CatalogView, record: ProductRecord, isForEditors = false): Product {
  const { oldSlugs: _earlier, ratingCounts, popularity: _rank, revision: _internal, createdBy, ...product } = record
  const variants = record.variants.map((variant) => ({ ...variant, available: availableOf(view, variant.sku) }))
  const byPrice = variants.map((variant) => variant.price).sort((a, b) => a.amount - b.amount)
  const none = { amount: 0, currency: 'EUR' as const }
  return {
    ...product,
    categoryPath: pathOf(view.categories, record.category).map(toLink),
    variants,
    available: variants.reduce((sum, variant) => sum + variant.available, 0),
    priceRange: { min: byPrice[0] ?? none, max: byPrice.at(-1) ?? none },
    rating: ratingOf(ratingCounts),
    ...(isForEditors ? { createdBy } : {}),
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
  }
}

/** Finds by id, address or an earlier address. */
export const recordOf = (view: CatalogView, idOrSlug: string): ProductRecord | undefined =>
  view.listed.get(view.listed.has(idOrSlug) ? idOrSlug : (view.idBySlug.get(idOrSlug) ?? ''))?.record
