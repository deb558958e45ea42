import { expect, test } from 'bun:test'
import type { ProductListQuery } from '@vitrine/contracts/catalog'
import { byKey, filtersOf, listProducts, parseCursor, toCursor, toListed } from './list.rules.ts'
import type { ProductRecord } from './product.repository.ts'

const eur = (amount: number) => ({ amount, currency: 'EUR' as const })
const at = new Date('2026-11-21T12:00:00Z')

function shirt(id: string, brand: string, variants: [color: string, size: string, amount: number][]): ProductRecord {
  return {
    id,
    slug: id,
    oldSlugs: [],
    title: id,
    description: '',
    brand,
    category: 'shirts',
    status: 'active',
    options: [
      { name: 'Color', values: ['Red', 'Blue'] },
      { name: 'Size', values: ['S', 'M'] },
    ],
    variants: variants.map(([Color, Size, amount]) => ({
      sku: `${id}-${Color}-${Size}`,
      options: { Color, Size },
      price: eur(amount),
      pictureIds: [],
    })),
    pictures: [],
    ratingCounts: [0, 0, 0, 0, 1],
    popularity: 0,
    version: 1,
    createdBy: null,
    revision: 1,
    createdAt: at,
    updatedAt: at,
  }
}

const shop = [
  shirt('a', 'Ostra', [
    ['Red', 'S', 1000],
    ['Blue', 'M', 1000],
  ]),
  shirt('b', 'Ostra', [['Red', 'M', 2000]]),
  shirt('c', 'Halden', [['Blue', 'S', 3000]]),
].map(toListed)

const query = (given: Record<string, unknown>): ProductListQuery => ({ limit: 24, ...given })

function list(given: Record<string, unknown>, soldOut: string[] = []) {
  const result = listProducts(shop, {
    filters: filtersOf(query(given)),
    ancestorsOf: (slug) => ['wear', slug],
    availableOf: (sku) => (soldOut.includes(sku) ? 0 : 5),
  })
  const countsOf = (param: string) =>
    Object.fromEntries(
      result.facets.find((facet) => facet.param === param)?.values.map(({ value, count }) => [value, count]) ?? [],
    )
  return { ids: result.products.map((product) => product.record.id), countsOf, priceBounds: result.priceBounds }
}

test('values of one option add up, options narrow each other', () => {
  expect(list({ 'option.color': ['red', 'BLUE'] }).ids).toEqual(['a', 'b', 'c'])
  expect(list({ 'option.color': 'red', 'option.size': 'M' }).ids).toEqual(['b'])
})

test('one variant must have everything that is asked for', () => {
  expect(list({ 'option.color': 'blue', 'option.size': 'M' }).ids).toEqual(['a'])
  expect(list({ 'option.color': 'red', 'price.min': 1500 }).ids).toEqual(['b'])
})

test('a facet counts what choosing another value of it would show', () => {
  const { countsOf } = list({ 'option.color': 'red' })
  expect(countsOf('option.color')).toEqual({ Red: 2, Blue: 2 })
  expect(countsOf('option.size')).toEqual({ S: 1, M: 1 })
  expect(countsOf('brand')).toEqual({ Halden: 0, Ostra: 2 })
})

test('a product counts once however many of its variants fit', () => {
  expect(list({}).countsOf('brand')).toEqual({ Halden: 1, Ostra: 2 })
  expect(list({}).countsOf('category')).toEqual({ wear: 3, shirts: 3 })
})

test('only what can be bought is in stock', () => {
  const { ids, countsOf } = list({ inStock: 'true' }, ['b-Red-M'])
  expect(ids).toEqual(['a', 'c'])
  expect(countsOf('inStock')).toEqual({ true: 2 })
})

test('the price range shown does not shrink with the price filter', () => {
  expect(list({ 'price.max': 1500 }).priceBounds).toEqual({ min: 1000, max: 3000 })
})

test('a category of several words and its ancestors both find a product', () => {
  expect(list({ category: 'wear' }).ids).toHaveLength(3)
  expect(list({ category: ['shirts', 'other'] }).ids).toHaveLength(3)
  expect(list({ category: 'other' }).ids).toEqual([])
})

test('a cursor survives the way through an address and fits its own order alone', () => {
  const entry = { key: -4.25, id: 'prd_1' }
  expect(parseCursor(toCursor('rating', entry), 'rating')).toEqual(entry)
  expect(parseCursor(toCursor('rating', entry), 'price')).toBeNull()
  expect(parseCursor('%%%', 'price')).toBeNull()
})

test('equal keys are ordered by id', () => {
  expect(
    [
      { key: 1, id: 'b' },
      { key: 1, id: 'a' },
      { key: 0, id: 'c' },
    ]
      .sort(byKey)
      .map((entry) => entry.id),
  ).toEqual(['c', 'a', 'b'])
})
