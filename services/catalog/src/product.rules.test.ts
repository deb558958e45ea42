import { expect, test } from 'bun:test'
import { indexCategories, makesCircle, pathOf, toTree } from './category.rules.ts'
import { sniffType, widthsFor } from './picture.rules.ts'
import { checkMatrix, expectedVersion, ratingOf, slugOf, withSlug } from './product.rules.ts'
import { deltaOf, mergeLines } from './stock.rules.ts'

const eur = (amount: number) => ({ amount, currency: 'EUR' as const })
const colors = [{ name: 'Color', values: ['Red', 'Blue'] }]

test('an address keeps letters and digits of any title', () => {
  expect(slugOf('Pomona teapot, 1.1 litres')).toBe('pomona-teapot-1-1-litres')
  expect(slugOf('Café Straße № 5')).toBe('cafe-strasse-no-5')
  expect(slugOf('日本')).toBe('product')
})

test('a matrix that fits has no complaints', () => {
  expect(checkMatrix(colors, [{ sku: 'A', options: { Color: 'Red' }, price: eur(1) }])).toEqual({})
})

test('repeated combinations, repeated SKUs, unknown options and mixed currencies are named', () => {
  const red = { options: { Color: 'Red' }, price: eur(1) }
  expect(
    checkMatrix(colors, [
      { sku: 'A', ...red },
      { sku: 'B', ...red },
    ]).variants,
  ).toHaveLength(1)
  expect(
    checkMatrix(colors, [
      { sku: 'A', ...red },
      { sku: 'A', options: { Color: 'Blue' }, price: eur(1) },
    ]).variants,
  ).toHaveLength(1)
  expect(
    checkMatrix(colors, [{ sku: 'A', options: { Color: 'Red', Size: 'S' }, price: eur(1) }]).variants?.[0],
  ).toContain('"Size"')
  expect(
    checkMatrix(colors, [{ sku: 'A', ...red, compareAtPrice: { amount: 2, currency: 'USD' as const } }]).variants,
  ).toHaveLength(1)
  expect(checkMatrix([{ name: 'Color', values: ['Red', 'red'] }], []).options).toHaveLength(1)
})

test('the version comes from the body or from If-Match in any of its forms', () => {
  expect(expectedVersion(4, '"9"')).toBe(4)
  for (const named of ['3', '"3"', 'W/"3"']) expect(expectedVersion(undefined, named)).toBe(3)
  for (const other of [null, '*', 'abc']) expect(expectedVersion(undefined, other)).toBeNull()
})

test('an address that is taken back is no earlier address any more', () => {
  const before: { slug: string; oldSlugs: string[] } = { slug: 'a', oldSlugs: [] }
  const moved = withSlug(before, 'b')
  expect(moved).toEqual({ slug: 'b', oldSlugs: ['a'] })
  expect(withSlug(moved, 'a')).toEqual({ slug: 'a', oldSlugs: ['b'] })
})

test('ratings are averaged to one decimal', () => {
  expect(ratingOf([0, 0, 1, 0, 2])).toEqual({ average: 4.3, count: 3 })
  expect(ratingOf([0, 0, 0, 0, 0])).toEqual({ average: 0, count: 0 })
})

test('lines of the same SKU become one, in the order of SKUs', () => {
  const merged = mergeLines([
    { sku: 'b', quantity: 1 },
    { sku: 'a', quantity: 2 },
    { sku: 'b', quantity: 3 },
  ])
  expect(merged).toEqual([
    { sku: 'a', quantity: 2 },
    { sku: 'b', quantity: 4 },
  ])
})

test('out takes, in adds, adjust is signed', () => {
  expect([
    deltaOf({ type: 'OUT', quantity: 2 }),
    deltaOf({ type: 'IN', quantity: 2 }),
    deltaOf({ type: 'ADJUST', quantity: -2 }),
  ]).toEqual([-2, 2, -2])
})

test('categories form a tree with counts from below, and never a circle', () => {
  const node = (slug: string, parent: string | null) => ({
    id: slug,
    slug,
    title: slug,
    description: '',
    parent,
    position: 0,
  })
  const index = indexCategories([node('home', null), node('chairs', 'home'), node('lost', 'nowhere')])
  expect(pathOf(index, 'chairs').map((category) => category.slug)).toEqual(['home', 'chairs'])
  expect(toTree(index, () => 1).map(({ slug, productCount }) => [slug, productCount])).toEqual([
    ['home', 2],
    ['lost', 1],
  ])
  expect(makesCircle(index, 'home', 'chairs')).toBe(true)
  expect(makesCircle(index, 'chairs', 'home')).toBe(false)
})

test('a picture is known by its first bytes alone', () => {
  expect(sniffType(new Uint8Array([0xff, 0xd8, 0xff, 0xe0]))).toBe('jpeg')
  expect(sniffType(new TextEncoder().encode('RIFF0000WEBPVP8 '))).toBe('webp')
  expect(sniffType(new TextEncoder().encode('\0\0\0\0ftypavif'))).toBe('avif')
  expect(sniffType(new TextEncoder().encode('<svg xmlns="x">'))).toBeNull()
})

test('no width is larger than the picture', () => {
  expect(widthsFor(500)).toEqual([240, 480, 500])
  expect(widthsFor(3000)).toEqual([240, 480, 720, 1080])
  expect(widthsFor(100)).toEqual([100])
})
