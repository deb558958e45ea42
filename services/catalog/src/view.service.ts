import type { Stock } from '@vitrine/contracts/inventory'
import type { ChangeMark } from '@vitrine/kernel/change-mark'
import type { CategoryRepository } from './category.repository.ts'
import { indexCategories } from './category.rules.ts'
import type { ProductRepository } from './product.repository.ts'
import type { SearchIndex } from './search.index.ts'
import type { StockRepository } from './stock.repository.ts'
import { type CatalogView, takeOver, toSearchDocument } from './view.rules.ts'
import { startSharing } from './view.sharing.ts'

export interface CatalogViewDeps {
  products: ProductRepository
  categories: CategoryRepository
  stock: StockRepository
  mark: ChangeMark
  /** After this time what nobody announced is looked for; 250 ms unless told. */
  mostAgeMs?: number
  createSearchIndex: () => SearchIndex
}

/** What a killed process committed and could not announce is seen after this time at the latest. */
const MOST_AGE_MS = 250

/**
 * Keeps the view. Every read asks for the mark of changes; while it is the one the view was made for, the database is
 * not asked. So a write acknowledged anywhere is seen by the next read everywhere (decision 011).
 */
export function createCatalogView(deps: CatalogViewDeps) {
  const { mostAgeMs = MOST_AGE_MS } = deps
  const view: CatalogView = {
    revision: -1,
    stockEpoch: 0,
    stamp: '',
    mark: '',
    listed: new Map(),
    idBySlug: new Map(),
    idBySku: new Map(),
    categories: indexCategories([]),
    stock: new Map(),
    search: deps.createSearchIndex(),
    shared: startSharing(),
  }
  let checkedAt = Number.NEGATIVE_INFINITY
  let stockUpTo: Date | null = null
  let checking: { mark: string; done: Promise<void> } | null = null
  let checks = 0

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

  function takeStock(items: Stock[]): void {
    for (const item of items) {
      const known = view.stock.get(item.sku)
      if (known?.available === item.available && known.sold === item.sold) continue
      view.stock.set(item.sku, item)
      view.stockEpoch++
    }
  }

  /** Takes over what changed. Two never run at once: an older answer must not overwrite a newer one. */
  async function check(mark: string): Promise<void> {
    const startedAt = performance.now()
    checks++
    const target = await deps.products.findRevision()
    // Asked afterwards, so that what was imported up to `target` is surely among it.
    const { items, upTo } = await deps.stock.listChangedSince(stockUpTo, view.revision)
    if (target > view.revision) await refresh(target)
    takeStock(items)
    stockUpTo = upTo
    view.stamp = `${view.revision}.${view.stockEpoch}`
    view.mark = mark
    checkedAt = startedAt
  }

  /** Until a check is over that saw everything announced before `mark` was read. */
  async function checked(mark: string): Promise<void> {
    for (;;) {
      checking ??= {
        mark,
        done: check(mark).finally(() => {
          checking = null
        }),
      }
      const { mark: begun, done } = checking
      if (begun === mark) return done
      await done.catch(() => undefined)
    }
  }

  const isCurrent = (mark: string) => mark === view.mark && performance.now() - checkedAt < mostAgeMs
  // Without a mark a check must begin after the question: those that come during one share the next.
  const known = (mark: string | null) => mark ?? `unmarked ${checks}`

  return {
    /** The view after everything that was acknowledged before this call, counts of stock included. */
    async fresh(): Promise<CatalogView> {
      const mark = known(await deps.mark.read())
      if (!isCurrent(mark)) await checked(mark)
      return view
    },
    /** Looks for changes that nobody announced, and announces them. */
    async patrol(): Promise<void> {
      const mark = await deps.mark.read()
      const isAnnounced = mark !== view.mark
      const before = view.stamp
      await checked(known(mark))
      if (mark === null || (!isAnnounced && view.stamp !== before)) await deps.mark.renew()
    },
  }
}

export type CatalogViews = ReturnType<typeof createCatalogView>
