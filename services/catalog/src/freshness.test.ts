import { afterAll, beforeAll, expect, test } from 'bun:test'
import { redisChangeMark } from '@vitrine/kernel/change-mark'
import { newId } from '@vitrine/kernel/ids'
import { silentLog } from '@vitrine/kernel/log'
import { connectRedis } from '@vitrine/kernel/redis'
import { startTestRedis } from '@vitrine/kernel/stores.testing'
import { createCatalogApp } from './app.ts'
import { kitchen, makeCatalog, productInput } from './catalog.testing.ts'

let catalog: Awaited<ReturnType<typeof makeCatalog>>
let other: ReturnType<typeof createCatalogApp>
const clients: Awaited<ReturnType<typeof connectRedis>>[] = []
const asked = { revision: 0, stock: 0 }

/** A replica's own connection to the mark that all of them share. */
async function markOf(key: string, url: string) {
  const redis = await connectRedis(url, silentLog())
  clients.push(redis)
  return redisChangeMark(redis, key)
}

beforeAll(async () => {
  const key = newId('mark')
  const { url } = await startTestRedis()
  const mark = await markOf(key, url)
  await mark.renew()
  catalog = await makeCatalog(mark)
  other = createCatalogApp({ ...catalog.deps, mark: await markOf(key, url), mostAgeMs: 60_000 })
  const { products, stock } = catalog.stores
  const { findRevision } = products
  const { listChangedSince } = stock
  products.findRevision = () => {
    asked.revision++
    return findRevision()
  }
  stock.listChangedSince = (...since) => {
    asked.stock++
    return listChangedSince(...since)
  }
  await catalog.call('POST', '/api/catalog/categories', { as: 'admin', body: kitchen })
}, 30_000)

afterAll(() => {
  for (const redis of clients) redis.disconnect()
})

let made = 0
async function addProduct(onHand = 5) {
  const sku = `FRESH-${++made}`
  const variants = [{ sku, options: {}, price: { amount: 1000, currency: 'EUR' as const }, onHand }]
  const body = productInput({ title: `Fresh kettle ${made}`, options: [], variants })
  return { sku, product: (await catalog.call('POST', '/api/catalog/products', { as: 'admin', body })).body.data }
}

const LIST = '/api/catalog/products?q=kettle&limit=50'
const read = (app: typeof catalog.app, path: string, headers: Record<string, string> = {}) =>
  app.handle(new Request(`http://localhost${path}`, { headers }))
const listed = async (app: typeof catalog.app, id: string) =>
  (await (await read(app, LIST)).json()).data.items.find((item: { id: string }) => item.id === id)

test('an edit acknowledged by one replica is seen by the very next read of another, every time', async () => {
  const { product, sku } = await addProduct()
  const path = `/api/catalog/products/${product.id}`
  for (const amount of [1100, 1200, 1300, 1400, 1500]) {
    const price = { amount, currency: 'EUR' as const }
    expect((await catalog.call('PATCH', `${path}/variants/${sku}`, { as: 'admin', body: { price } })).status).toBe(200)
    const [one, inList] = [(await (await read(other.app, path)).json()).data, await listed(other.app, product.id)]
    expect([one.variants[0].price, inList.variants[0].price]).toEqual([price, price])
  }
})

test('stock held by one replica is gone from the next read of another, and what is archived from every list', async () => {
  const { product, sku } = await addProduct(3)
  expect((await listed(other.app, product.id)).available).toBe(3)
  const body = { orderId: newId('ord'), lines: [{ sku, quantity: 2 }], expiresAt: '2026-11-21T12:15:00.000Z' }
  await catalog.call('POST', '/internal/catalog/reservations', { service: 'orders', body })
  expect((await listed(other.app, product.id)).available).toBe(1)
  await catalog.call('DELETE', `/api/catalog/products/${product.id}`, { as: 'admin' })
  expect(await listed(other.app, product.id)).toBeUndefined()
  expect((await read(other.app, `/api/catalog/products/${product.id}`)).status).toBe(404)
})

test('512 readers who come after a change read the store once, and all see the change', async () => {
  const { product, sku } = await addProduct()
  await read(catalog.app, LIST)
  const price = { amount: 777, currency: 'EUR' as const }
  const path = `/api/catalog/products/${product.id}/variants/${sku}`
  await catalog.call('PATCH', path, { as: 'admin', body: { price } })
  Object.assign(asked, { revision: 0, stock: 0 })
  const replies = await Promise.all(Array.from({ length: 512 }, () => read(other.app, LIST)))
  expect(asked).toEqual({ revision: 1, stock: 1 })
  const texts = new Set(await Promise.all(replies.map((reply) => reply.text())))
  expect(texts.size).toBe(1)
  expect([...texts][0]).toContain('"amount":777')
})

test('what has not changed is answered without the store, and with its tag without a body', async () => {
  await addProduct()
  const first = await read(other.app, LIST)
  const tag = first.headers.get('etag') ?? ''
  Object.assign(asked, { revision: 0, stock: 0 })
  const again = await read(other.app, LIST, { 'if-none-match': tag })
  expect(again.status).toBe(304)
  expect(await again.text()).toBe('')
  expect(again.headers.get('etag')).toBe(tag)
  expect((await read(other.app, `${LIST}&utm=1`)).headers.get('etag')).toBe(tag)
  expect(asked).toEqual({ revision: 0, stock: 0 })
  await addProduct()
  expect((await read(other.app, LIST, { 'if-none-match': tag })).status).toBe(200)
})

test('a change that nobody announced is found by the patrol and announced to the others', async () => {
  const { product } = await addProduct()
  await read(other.app, LIST)
  await catalog.connection
    .collection('products')
    .updateOne({ slug: product.slug }, { $set: { revision: 10_000, title: 'Found kettle' } })
  await catalog.connection.collection('revisions').updateOne({}, { $set: { revision: 10_000 } })
  await catalog.views.patrol()
  expect((await listed(other.app, product.id)).title).toBe('Found kettle')
})

test('failures and what editors see are never kept', async () => {
  const path = '/api/catalog/products/no-such-thing'
  for (const reply of [await read(catalog.app, path), await read(catalog.app, path)]) {
    expect(reply.status).toBe(404)
    expect(reply.headers.get('cache-control')).toBe('no-store')
    expect(reply.headers.get('etag')).toBeNull()
  }
  const drafts = await read(catalog.app, '/api/catalog/products?status=draft', { 'x-identity': 'admin' })
  expect(drafts.headers.get('etag')).toBeNull()
  expect((await read(catalog.app, '/api/catalog/products?status=draft')).status).toBe(401)
})
