import type {
  Facet,
  Product,
  ProductList,
  ProductListQuery,
  ProductSort,
  ProductStatus,
  Suggestion,
} from '@vitrine/contracts/catalog'
import type { Category } from '@vitrine/contracts/categories'
import type { SellableVariants } from '@vitrine/contracts/reservations'
import { invalidInput, notFound } from '@vitrine/kernel/errors'
import { categoryFacet, categoryHead, relatedTo, suggestionsFor, toSellable } from './browse.rules.ts'
import { pathOf, toTree } from './category.rules.ts'
import type { HoldRepository } from './hold.repository.ts'
import { byKey, filtersOf, type Keyed, listProducts, parseCursor, sortKey, toCursor } from './list.rules.ts'
import type { ListedProduct } from './listed.product.ts'
import type { ProductRecord } from './product.repository.ts'
import { searchView } from './search.rules.ts'
import { type CatalogView, recordOf, toProduct } from './view.rules.ts'
import type { CatalogViews } from './view.service.ts'

type Scope = ProductStatus | 'all'

interface Sorted {
  entries: (Keyed & { record: ProductRecord })[]
  facets: Facet[]
  priceBounds: ProductList['priceBounds']
  matches: ProductList['matches']
}

const KEPT_LISTS = 300
const MAX_BATCH = 100
const PAGING = new Set(['limit', 'page', 'cursor'])

/** The same list in another order of keys is the same list. */
const listKey = (query: ProductListQuery) =>
  JSON.stringify(
    Object.entries(query)
      .filter(([name, value]) => !PAGING.has(name) && value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )

const isIn = (scope: Scope) => (record: ProductRecord) => scope === 'all' || record.status === scope

export interface BrowseServiceDeps {
  views: CatalogViews
  /** Only in shops whose carts hold stock. */
  holds: Pick<HoldRepository, 'find'> | null
}

/** Everything shoppers read, answered from the view. */
export function createBrowseService({ views, holds }: BrowseServiceDeps) {
  let kept = new Map<string, Sorted>()
  let keptFor = ''

  function sortedList(view: CatalogView, query: ProductListQuery, sort: ProductSort): Sorted {
    if (keptFor !== view.stamp || kept.size > KEPT_LISTS) kept = new Map()
    keptFor = view.stamp
    const key = listKey(query)
    const known = kept.get(key)
    if (known) return known
    const sorted = sortList(view, query, sort)
    kept.set(key, sorted)
    return sorted
  }

  const shownOf = (view: CatalogView, records: ProductRecord[], isForEditors = false): Product[] =>
    records.map((record) => toProduct(view, record, isForEditors))

  async function listBatch(
    names: string[],
    idOf: (view: CatalogView) => (name: string) => string | undefined,
  ): Promise<ProductList> {
    if (names.length > MAX_BATCH) throw invalidInput({ ids: [`Ask for ${MAX_BATCH} at most.`] })
    const view = await views.fresh()
    const find = idOf(view)
    const found = new Map<string, ProductRecord>()
    const missing: string[] = []
    for (const name of names) {
      const record = view.listed.get(find(name) ?? '')?.record
      if (record?.status === 'active') found.set(record.id, record)
      else missing.push(name)
    }
    const items = shownOf(view, [...found.values()])
    return { items, nextCursor: null, total: items.length, facets: [], priceBounds: null, category: null, missing }
  }

  const byId = () => (id: string) => id

  return {
    /** Active products in the order of `ids`; the others are `missing`. */
    listByIds: (ids: string[]) => listBatch(ids, byId),

    async list(query: ProductListQuery): Promise<ProductList> {
      if (query.ids !== undefined) return listBatch(namesIn(query.ids), byId)
      if (query.skus !== undefined) return listBatch(namesIn(query.skus), (view) => (sku) => view.idBySku.get(sku))
      const view = await views.fresh()
      const sort = query.sort ?? (query.q ? 'relevance' : 'popular')
      const { entries, facets, priceBounds, matches } = sortedList(view, query, sort)
      const start = startOf(entries, query, sort)
      const shown = entries.slice(start, start + query.limit)
      const last = shown.at(-1)
      const nextCursor = last && start + query.limit < entries.length ? toCursor(sort, last) : null
      const items = shownOf(
        view,
        shown.map((entry) => entry.record),
        query.status !== undefined && query.status !== 'active',
      )
      const category = categoryHead(view, query)
      return { items, nextCursor, total: entries.length, facets, priceBounds, category, matches }
    },

    /** By id, address or an earlier address; only active ones unless `scope` says otherwise. */
    async get(idOrSlug: string, scope: Scope = 'active'): Promise<Product> {
      const view = await views.fresh()
      const record = recordOf(view, idOrSlug)
      if (!record || !isIn(scope)(record)) throw notFound('product')
      return toProduct(view, record, scope !== 'active')
    },

    async related(idOrSlug: string, limit = 4): Promise<Product[]> {
      const view = await views.fresh()
      const record = recordOf(view, idOrSlug)
      if (record?.status !== 'active') throw notFound('product')
      return shownOf(view, relatedTo(view, record).slice(0, limit))
    },

    async categories(): Promise<Category[]> {
      const view = await views.fresh()
      const counts = new Map<string, number>()
      for (const { record } of view.listed.values())
        if (record.status === 'active') counts.set(record.category, (counts.get(record.category) ?? 0) + 1)
      return toTree(view.categories, (slug) => counts.get(slug) ?? 0)
    },

    async suggest(words: string, limit = 8): Promise<Suggestion[]> {
      const view = await views.fresh()
      return words.trim() === '' ? [] : suggestionsFor(view, words.trim(), limit)
    },

    /** What cart and orders need of variants, with the stock of this moment; what the named carts hold counts as free. */
    async sellable(skus: string[], cartId?: string): Promise<SellableVariants> {
      const view = await views.fresh()
      const carts = holds ? (cartId?.split(',') ?? []) : []
      const own = await Promise.all(carts.map((id) => holds?.find(id)))
      const held = new Map<string, number>()
      for (const { sku, quantity } of own.flatMap((hold) => hold?.lines ?? []))
        held.set(sku, (held.get(sku) ?? 0) + quantity)
      const heldUntil = own[0]?.expiresAt
      const items: SellableVariants['items'] = []
      const missing: string[] = []
      for (const sku of new Set(skus)) {
        const record = view.listed.get(view.idBySku.get(sku) ?? '')?.record
        const variant = record?.variants.find((candidate) => candidate.sku === sku)
        if (!record || !variant) {
          missing.push(sku)
          continue
        }
        items.push(toSellable(view, record, variant, (view.stock.get(sku)?.available ?? 0) + (held.get(sku) ?? 0)))
      }
      return { items, missing, ...(heldUntil ? { heldUntil } : {}) }
    },
  }
}

export type BrowseService = ReturnType<typeof createBrowseService>

const namesIn = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
  ),
]

function sortList(view: CatalogView, query: ProductListQuery, sort: ProductSort): Sorted {
  const found = query.q ? searchView(view, query.q) : null
  const scores = found && new Map(found.hits.map(({ id, score }) => [id, score]))
  const scope = query.status ?? 'active'
  const isShown = isIn(scope)
  const candidates: ListedProduct[] = []
  for (const product of scores ? foundIn(view, scores) : view.listed.values())
    if (isShown(product.record)) candidates.push(product)
  const ancestors = new Map<string, string[]>()
  const ancestorsOf = (slug: string) => {
    const known = ancestors.get(slug) ?? pathOf(view.categories, slug).map((category) => category.slug)
    ancestors.set(slug, known)
    return known
  }
  const { products, facets, priceBounds } = listProducts(candidates, {
    filters: filtersOf(query),
    ancestorsOf,
    availableOf: (sku) => view.stock.get(sku)?.available ?? 0,
  })
  const soldOf = (product: ListedProduct) =>
    product.variants.reduce((sum, { sku }) => sum + (view.stock.get(sku)?.sold ?? 0), 0)
  const entries = products
    .map((product) => ({
      record: product.record,
      id: product.record.id,
      key: sortKey(product, sort, (id) => scores?.get(id) ?? 0, soldOf),
    }))
    .sort(byKey)
  return {
    entries,
    facets: facets.map((facet) => (facet.param === 'category' ? categoryFacet(view, facet) : facet)),
    priceBounds,
    matches: found ? (found.isPartial ? 'some' : 'all') : undefined,
  }
}

function* foundIn(view: CatalogView, scores: Map<string, number>): Iterable<ListedProduct> {
  for (const id of scores.keys()) {
    const product = view.listed.get(id)
    if (product) yield product
  }
}

function startOf(entries: Keyed[], query: ProductListQuery, sort: ProductSort): number {
  if (query.cursor === undefined) return ((query.page ?? 1) - 1) * query.limit
  const after = parseCursor(query.cursor, sort)
  if (!after) throw invalidInput({ cursor: ['This cursor belongs to another list.'] })
  const next = entries.findIndex((entry) => byKey(entry, after) > 0)
  return next === -1 ? entries.length : next
}
