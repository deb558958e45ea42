import type { CategoryRepository } from './category.repository.ts'
import { indexCategories } from './category.rules.ts'
import type { ProductRepository } from './product.repository.ts'
import type { SearchIndex } from './search.index.ts'
import type { StockRepository } from './stock.repository.ts'
import { type CatalogView, takeOver, toSearchDocument } from './view.rules.ts'

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
