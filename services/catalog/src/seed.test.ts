import { expect, test } from 'bun:test'
import { ProductInput } from '@vitrine/contracts/catalog'
import { createLog } from '@vitrine/kernel/log'
import sharp from 'sharp'
import { makeCatalog } from './catalog.testing.ts'
import { bags } from './demo/bags.demo.ts'
import { home } from './demo/home.demo.ts'
import { kitchen } from './demo/kitchen.demo.ts'
import { listen } from './demo/listen.demo.ts'
import { outdoors } from './demo/outdoors.demo.ts'
import { ratingCountsOf } from './demo/review.demo.ts'
import { seedOf } from './demo/seed.rules.ts'
import { wear } from './demo/wear.demo.ts'
import { checkMatrix, ratingOf } from './product.rules.ts'
import { mongoSeed } from './seed.mongo.ts'
import { seedDemo, seedSynthetic } from './seed.service.ts'
import { openStudio } from './studio/studio.ts'

const now = new Date('2026-11-21T12:00:00Z')
const seed = seedOf([listen, kitchen, home, bags, wear, outdoors], now)

test('the demo catalog has at least sixty products in six rooms, and every one of them fits', () => {
  expect(seed.products.length).toBeGreaterThanOrEqual(60)
  expect(seed.categories.filter((category) => category.parent === null)).toHaveLength(6)
  for (const product of seed.products) {
    expect(checkMatrix(product.options, product.variants)).toEqual({})
    const { title, description, category, options, variants } = product
    ProductInput.parse({
      title,
      description,
      category,
      options,
      variants: variants.map((variant) => ({ ...variant, onHand: 1 })),
    })
  }
})

test('no two things of the demo share an id, an address or a SKU', () => {
  const all = [
    ...seed.products,
    ...seed.categories,
    ...seed.reviews,
    ...seed.shots.map(({ pictureId }) => ({ id: pictureId })),
  ].map(({ id }) => id)
  expect(new Set(all).size).toBe(all.length)
  expect(new Set(seed.products.map(({ slug }) => slug)).size).toBe(seed.products.length)
  expect(new Set(seed.stock.map(({ sku }) => sku)).size).toBe(seed.stock.length)
})

test('the same day gives the same shop', () => {
  expect(seedOf([listen, kitchen, home, bags, wear, outdoors], now)).toEqual(seed)
})

test('spread ratings keep their average and their number', () => {
  expect(ratingOf(ratingCountsOf(4.7, 212))).toEqual({ average: 4.7, count: 212 })
  expect(ratingOf(ratingCountsOf(4.1, 38)).count).toBe(38)
})

test('seeding twice writes once, and edits made meanwhile stay', async () => {
  const { call, connection, stores } = await makeCatalog()
  let taken = 0
  const takePicture = async () => {
    taken++
    return { width: 720, height: 900, files: [{ width: 240, bytes: new Uint8Array([1]) }] }
  }
  const deps = {
    store: mongoSeed(connection),
    pictures: stores.pictures,
    takePicture,
    now,
    log: createLog('seed-test'),
  }
  await seedDemo(deps)
  const first = taken
  const { body } = await call('GET', '/api/catalog/products/lyra-headphones')
  await call('PATCH', `/api/catalog/products/${body.data.id}`, { as: 'admin', body: { title: 'Edited', version: 1 } })
  await seedDemo(deps)
  await deps.store.write(seed, now)
  expect(taken).toBe(first)
  expect((await call('GET', '/api/catalog/products/lyra-headphones')).body.data.title).toBe('Edited')
  const list = await call('GET', '/api/catalog/products?category=listen')
  expect(list.body.data).toMatchObject({ total: 9, category: { title: 'Listen' } })
}, 30_000)

test('a synthetic catalog has the size that was asked for', async () => {
  const { call, connection, stores } = await makeCatalog()
  const takePicture = () => Promise.reject(new Error('no pictures here'))
  await seedSynthetic(250, {
    store: mongoSeed(connection),
    pictures: stores.pictures,
    takePicture,
    now,
    log: createLog('seed-test'),
  })
  expect((await call('GET', '/api/catalog/products?limit=1')).body.data.total).toBe(250)
}, 30_000)

test('the studio paints the object in its colour and sets it before its ground', async () => {
  const take = openStudio()
  const { files } = await take({
    emoji: '1fad6',
    stand: 'plinth',
    ground: '#b9cfe0',
    size: 440,
    rotate: 0,
    paint: { part: [280, 60], hex: '#4f9f83' },
    view: 'front',
  })
  expect(files.map((file) => file.width)).toEqual([240, 480, 720])
  const { data, info } = await sharp(files[1]?.bytes).raw().toBuffer({ resolveWithObject: true })
  const colorAt = (x: number, y: number) => [...data.subarray((y * info.width + x) * 3, (y * info.width + x) * 3 + 3)]
  const [red = 0, green = 0, blue = 0] = colorAt(240, 350)
  expect(green).toBeGreaterThan(Math.max(red, blue))
  const [wallRed = 0, , wallBlue = 0] = colorAt(8, 8)
  expect(wallBlue).toBeGreaterThan(wallRed)
}, 20_000)
