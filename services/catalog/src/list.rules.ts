import type { Facet, ProductListQuery, ProductSort } from '@vitrine/contracts/catalog'
import { createFacetCounter } from './facet.rules.ts'
import type { ListContext, ListedProduct, ListedVariant, ListFilters } from './listed.product.ts'
import type { ProductRecord } from './product.repository.ts'
import { ratingOf } from './product.rules.ts'

const asList = (value: string | string[] | undefined): string[] =>
  (value === undefined ? [] : [value].flat()).filter((item) => item !== '')

/** Reads the filters out of the query of GET /products. */
export function filtersOf(query: ProductListQuery): ListFilters {
  const options = new Map<string, Set<string>>()
  for (const [key, value] of Object.entries(query)) {
    if (!key.startsWith('option.')) continue
    // The catch-all of the query schema holds one text or several.
    const values = asList(value as string | string[]).map((item) => item.toLowerCase())
    if (values.length) options.set(key.slice('option.'.length).toLowerCase(), new Set(values))
  }
  return {
    categories: asList(query.category),
    brands: asList(query.brand).map((brand) => brand.toLowerCase()),
    options,
    priceMin: query['price.min'] ?? null,
    priceMax: query['price.max'] ?? null,
    isInStock: query.inStock === 'true',
    isOnSale: query.onSale === 'true',
    ratingMin: query['rating.min'] ?? null,
  }
}

/** Thousands of variants share a few dozen combinations: each is folded once. */
const folded = new WeakMap<Record<string, string>, Map<string, string>>()

function valuesOf(options: Record<string, string>): Map<string, string> {
  const known = folded.get(options)
  if (known) return known
  const values = new Map(Object.entries(options).map(([name, value]) => [name.toLowerCase(), value.toLowerCase()]))
  folded.set(options, values)
  return values
}

export function toListed(record: ProductRecord): ListedProduct {
  const variants = record.variants.map((variant) => ({
    sku: variant.sku,
    amount: variant.price.amount,
    isOnSale: variant.compareAtPrice !== undefined && variant.compareAtPrice.amount > variant.price.amount,
    values: valuesOf(variant.options),
  }))
  const { average, count } = ratingOf(record.ratingCounts)
  return {
    record,
    variants,
    minAmount: variants.reduce((least, variant) => Math.min(least, variant.amount), Number.POSITIVE_INFINITY),
    rating: average,
    weightedRating: (average * count + 3.9 * 8) / (count + 8),
  }
}

export interface ListResult {
  products: ListedProduct[]
  facets: Facet[]
  priceBounds: { min: number; max: number } | null
}

function failedByProduct(product: ListedProduct, { filters, ancestorsOf }: ListContext): string[] {
  const failed: string[] = []
  const { record } = product
  if (filters.categories.length && !ancestorsOf(record.category).some((slug) => filters.categories.includes(slug)))
    failed.push('category')
  if (filters.brands.length && !filters.brands.includes(record.brand?.toLowerCase() ?? '')) failed.push('brand')
  if (filters.ratingMin !== null && product.rating < filters.ratingMin) failed.push('rating.min')
  return failed
}

function failedByVariant(variant: ListedVariant, { filters, availableOf }: ListContext): string[] {
  const failed: string[] = []
  for (const [name, values] of filters.options)
    if (!values.has(variant.values.get(name) ?? '')) failed.push(`option.${name}`)
  const { amount } = variant
  if (
    (filters.priceMin !== null && amount < filters.priceMin) ||
    (filters.priceMax !== null && amount > filters.priceMax)
  )
    failed.push('price')
  if (filters.isInStock && availableOf(variant.sku) <= 0) failed.push('inStock')
  if (filters.isOnSale && !variant.isOnSale) failed.push('onSale')
  return failed
}

/**
 * Filters and counts in one pass: a variant that passes every group counts in all facets, one that fails a single
 * group counts in that group's facet alone. A product matches when one of its variants passes everything.
 */
export function listProducts(products: ListedProduct[], context: ListContext): ListResult {
  const counter = createFacetCounter(context)
  const matching: ListedProduct[] = []
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const product of products) {
    counter.open(product)
    const failedAlready = failedByProduct(product, context)
    if (failedAlready.length > 1) continue
    let isMatch = false
    for (const variant of product.variants) {
      const failed = [...failedAlready, ...failedByVariant(variant, context)]
      if (failed.length > 1) continue
      const only = failed[0] ?? null
      counter.count(product, variant, only)
      if (only === null) isMatch = true
      if (only !== null && only !== 'price') continue
      min = Math.min(min, variant.amount)
      max = Math.max(max, variant.amount)
    }
    if (isMatch) matching.push(product)
  }
  return { products: matching, facets: counter.facets(), priceBounds: min <= max ? { min, max } : null }
}

/** The value a list is ordered by, smallest first; the id decides between equals. */
export function sortKey(
  product: ListedProduct,
  sort: ProductSort,
  scoreOf: (id: string) => number,
  soldOf: (product: ListedProduct) => number,
): number {
  switch (sort) {
    case 'price':
      return product.minAmount
    case '-price':
      return -product.minAmount
    case 'newest':
      return -product.record.createdAt.getTime()
    case 'rating':
      return -product.weightedRating
    case 'popular':
      return -(product.record.popularity + soldOf(product))
    case 'relevance':
      return -scoreOf(product.record.id)
  }
}

export interface Keyed {
  key: number
  id: string
}

export const byKey = (a: Keyed, b: Keyed): number => a.key - b.key || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

export const toCursor = (sort: ProductSort, { key, id }: Keyed): string =>
  Buffer.from(JSON.stringify([sort, key, id])).toString('base64url')

/** Null for a cursor that is not ours or belongs to another order. */
export function parseCursor(text: string, sort: ProductSort): Keyed | null {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    if (!Array.isArray(parsed) || parsed[0] !== sort) return null
    const [, key, id] = parsed
    return typeof key === 'number' && typeof id === 'string' ? { key, id } : null
  } catch {
    return null
  }
}
