import type { Product, Stock } from '@vitrine/contracts/catalog'
import type { CategoryRepository } from './category.repository.ts'
import { type CategoryIndex, indexCategories, pathOf, toLink } from './category.rules.ts'
import { type ListedProduct, toListed } from './list.rules.ts'
import type { ProductRecord, ProductRepository } from './product.repository.ts'
import { ratingOf } from './product.rules.ts'
import type { SearchIndex } from './search.index.ts'
import type { StockRepository } from './stock.repository.ts'

/** This process's copy of the catalog, as of `revision`. Stock in it may be half a second old: good for counting, not for selling. */
export interface CatalogView {
  revision: number
  /** Grows when the copied stock changes. */
  stockEpoch: number
  listed: Map<string, ListedProduct>
  idBySlug: Map<string, string>
  idBySku: Map<string, string>
  categories: CategoryIndex
  stock: Map<string, Stock>
  search: SearchIndex
}

export interface CatalogViewDeps {
  products: ProductRepository
  categories: CategoryRepository
  stock: StockRepository
  createSearchIndex: () => SearchIndex
}

const STOCK_MAX_AGE_MS = 500

/**
 * Keeps the view. `fresh()` asks the database for its revision (one small read) and takes over what changed, so that
 * a write acknowledged anywhere is seen by the next read everywhere.
 */
export function createCatalogView(deps: CatalogViewDeps) {
  const view: CatalogView = {
    revision: -1,
    stockEpoch: 0,
    listed: new Map(),
    idBySlug: new Map(),
    idBySku: new Map(),
    categories: indexCategories([]),
    stock: new Map(),
    search: deps.createSearchIndex(),
  }
  let refreshing: Promise<void> | null = null
  let stockUpTo: Date | null = null
  let stockReadAt = 0
  let readingStock: Promise<void> | null = null

  async function refresh(target: number): Promise<void> {
    const [changed, categories] = await Promise.all([
      deps.products.listChangedSince(view.revision),
      deps.categories.list(),
    ])
    view.categories = indexCategories(categories)
    for (const record of changed) takeOver(view, record)
    view.search.put(changed.map((record) => toSearchDocument(view, record)))
    view.revision = target
  }

  async function catchUp(): Promise<void> {
    const target = await deps.products.findRevision()
    while (view.revision < target) {
      refreshing ??= refresh(target).finally(() => {
        refreshing = null
      })
      await refreshing
    }
  }

  async function readStock(): Promise<void> {
    const { items, upTo } = await deps.stock.listChangedSince(stockUpTo)
    for (const item of items) {
      const known = view.stock.get(item.sku)
      if (known?.available === item.available && known.sold === item.sold) continue
      view.stock.set(item.sku, item)
      view.stockEpoch++
    }
    stockUpTo = upTo
    stockReadAt = performance.now()
  }

  async function refreshStock(): Promise<void> {
    if (stockReadAt !== 0 && performance.now() - stockReadAt < STOCK_MAX_AGE_MS) return
    readingStock ??= readStock().finally(() => {
      readingStock = null
    })
    await readingStock
  }

  return {
    /** The view after everything that was acknowledged before this call. */
    async fresh(): Promise<CatalogView> {
      await catchUp()
      return view
    },
    /** The same, with stock that is at most half a second old. */
    async freshWithStock(): Promise<CatalogView> {
      await Promise.all([catchUp(), refreshStock()])
      return view
    },
  }
}

export type CatalogViews = ReturnType<typeof createCatalogView>

function takeOver(view: CatalogView, record: ProductRecord): void {
  const earlier = view.listed.get(record.id)?.record
  for (const variant of earlier?.variants ?? []) view.idBySku.delete(variant.sku)
  for (const slug of earlier?.oldSlugs ?? []) if (view.idBySlug.get(slug) === record.id) view.idBySlug.delete(slug)
  view.listed.set(record.id, toListed(record))
  for (const slug of record.oldSlugs) if (!view.idBySlug.has(slug)) view.idBySlug.set(slug, record.id)
  view.idBySlug.set(record.slug, record.id)
  for (const variant of record.variants) view.idBySku.set(variant.sku, record.id)
}

const toSearchDocument = (view: CatalogView, record: ProductRecord) => ({
  id: record.id,
  title: record.title,
  brand: record.brand ?? '',
  categories: pathOf(view.categories, record.category)
    .map((category) => category.title)
    .join(' '),
  options: record.options.flatMap((option) => option.values).join(' '),
  skus: record.variants.map((variant) => variant.sku).join(' '),
  description: record.description,
})

/** The product as readers see it, with the stock just read. */
export function toProduct(view: CatalogView, record: ProductRecord, stock: Map<string, Stock>): Product {
  const { oldSlugs: _earlier, ratingCounts, popularity: _rank, revision: _internal, ...product } = record
  const variants = record.variants.map((variant) => ({ ...variant, available: stock.get(variant.sku)?.available ?? 0 }))
  const byPrice = variants.map((variant) => variant.price).sort((a, b) => a.amount - b.amount)
  const none = { amount: 0, currency: 'EUR' as const }
  return {
    ...product,
    categoryPath: pathOf(view.categories, record.category).map(toLink),
    variants,
    available: variants.reduce((sum, variant) => sum + variant.available, 0),
    priceRange: { min: byPrice[0] ?? none, max: byPrice.at(-1) ?? none },
    rating: ratingOf(ratingCounts),
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
  }
}

export const skusOf = (records: ProductRecord[]): string[] =>
  records.flatMap((record) => record.variants.map((variant) => variant.sku))
