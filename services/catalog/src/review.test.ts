import { beforeAll, expect, test } from 'bun:test'
import { withTransaction } from '@vitrine/kernel/mongo'
import { kitchen, makeCatalog, productInput } from './catalog.testing.ts'
import { catalogEvents } from './events.ts'
import { mongoReturns } from './return.mongo.ts'

let catalog: Awaited<ReturnType<typeof makeCatalog>>
beforeAll(async () => {
  catalog = await makeCatalog()
  await catalog.call('POST', '/api/catalog/categories', { as: 'admin', body: kitchen })
}, 30_000)

const text = { rating: 4, title: 'Good', body: 'Pours well.' }
let made = 0

async function makeProduct() {
  const sku = `REV-${++made}`
  const variants = [{ sku, options: {}, price: { amount: 100, currency: 'EUR' as const }, onHand: 9 }]
  const body = productInput({ title: `Reviewed ${sku}`, options: [], variants })
  const { data } = (await catalog.call('POST', '/api/catalog/products', { as: 'admin', body })).body
  return { id: String(data.id), sku, path: `/api/catalog/products/${data.id}/reviews` }
}

const ratingOf = async (id: string) => (await catalog.call('GET', `/api/catalog/products/${id}`)).body.data.rating
const shown = async (path: string) => (await catalog.call('GET', path)).body.data
const moderate = (id: string, status: string, as = 'admin') =>
  catalog.call('PATCH', `/api/catalog/reviews/${id}`, { as, body: { status } })

/** Handles an event as the consumer does. */
async function hear(type: 'order.confirmed' | 'order.cancelled' | 'user.deleted', data: Record<string, unknown>) {
  const { stores, clock, connection } = catalog
  const handlers = catalogEvents({ ...stores, returns: mongoReturns(connection), clock })
  // The data fits the event named beside it.
  const handler = handlers[type] as unknown as (event: object, session: object) => Promise<void>
  await withTransaction(connection, (session) => handler({ data }, session))
}

const confirmed = (orderId: string, sku: string, customerId: string | null) =>
  hear('order.confirmed', { orderId, customerId, lines: [{ sku, quantity: 1 }] })

test('a review waits for a moderator, then it is shown and counts; rejected, it does neither', async () => {
  const { id, path } = await makeProduct()
  const posted = await catalog.call('POST', path, { as: 'customer:usr_1', body: text })
  expect(posted.status).toBe(201)
  expect(posted.body.data).toMatchObject({ status: 'pending', isVerified: false, rating: 4 })
  expect(await shown(path)).toMatchObject({ items: [], total: 0, histogram: [0, 0, 0, 0, 0] })
  expect((await moderate(posted.body.data.id, 'published')).body.data).toMatchObject({
    status: 'published',
    product: { id },
  })
  await moderate(posted.body.data.id, 'published')
  expect(await shown(path)).toMatchObject({ total: 1, histogram: [0, 0, 0, 1, 0], items: [{ title: 'Good' }] })
  expect(await ratingOf(id)).toEqual({ average: 4, count: 1 })
  await moderate(posted.body.data.id, 'rejected')
  expect(await shown(path)).toMatchObject({ items: [], histogram: [0, 0, 0, 0, 0] })
  expect(await ratingOf(id)).toEqual({ average: 0, count: 0 })
})

test('one person has one review of a product, and may change it; the change waits again', async () => {
  const { id, path } = await makeProduct()
  expect((await catalog.call('PATCH', `${path}/mine`, { as: 'customer:usr_2', body: text })).status).toBe(404)
  const posted = await catalog.call('POST', path, { as: 'customer:usr_2', body: text })
  expect((await catalog.call('POST', path, { as: 'customer:usr_2', body: text })).status).toBe(409)
  await moderate(posted.body.data.id, 'published')
  const edited = await catalog.call('PATCH', `${path}/mine`, { as: 'customer:usr_2', body: { ...text, rating: 1 } })
  expect(edited.body.data).toMatchObject({ id: posted.body.data.id, rating: 1, status: 'pending' })
  expect(await ratingOf(id)).toEqual({ average: 0, count: 0 })
  await moderate(posted.body.data.id, 'published')
  expect(await ratingOf(id)).toEqual({ average: 1, count: 1 })
  const mine = await catalog.call('GET', `${path}/mine`, { as: 'customer:usr_2' })
  expect(mine.body.data).toMatchObject({ isBuyer: false, review: { rating: 1 } })
})

test('two moderators at once count a review once', async () => {
  const { id, path } = await makeProduct()
  const { data } = (await catalog.call('POST', path, { as: 'customer:usr_3', body: text })).body
  await Promise.all([1, 2, 3, 4].map(() => moderate(data.id, 'published')))
  expect(await ratingOf(id)).toEqual({ average: 4, count: 1 })
})

test('who bought it is a verified buyer, from the confirmed order until it is cancelled', async () => {
  const { sku, path } = await makeProduct()
  const mine = async () => (await catalog.call('GET', `${path}/mine`, { as: 'customer:usr_4' })).body.data.isBuyer
  await confirmed(`ord_${sku}_guest`, sku, null)
  expect(await mine()).toBe(false)
  await confirmed(`ord_${sku}`, sku, 'usr_4')
  expect(await mine()).toBe(true)
  expect((await catalog.call('POST', path, { as: 'customer:usr_4', body: text })).body.data.isVerified).toBe(true)
  await hear('order.cancelled', { orderId: `ord_${sku}` })
  expect(await mine()).toBe(false)
})

test('a deleted account leaves its reviews without a name', async () => {
  const { sku, path } = await makeProduct()
  await confirmed(`ord_${sku}`, sku, 'usr_5')
  const { data } = (await catalog.call('POST', path, { as: 'customer:usr_5', body: text })).body
  await moderate(data.id, 'published')
  await hear('user.deleted', { userId: 'usr_5', email: 'a@example.com' })
  expect((await shown(path)).items).toMatchObject([{ id: data.id, author: 'Customer' }])
  expect((await catalog.call('GET', `${path}/mine`, { as: 'customer:usr_5' })).body.data).toEqual({
    review: null,
    isBuyer: false,
  })
})

test('moderators list by state; nobody else sees or decides', async () => {
  const { path } = await makeProduct()
  const { data } = (await catalog.call('POST', path, { as: 'customer:usr_6', body: text })).body
  for (const [as, status] of [
    ['', 401],
    ['customer', 403],
    ['support', 403],
  ] as const) {
    expect((await catalog.call('GET', '/api/catalog/reviews', as ? { as } : {})).status).toBe(status)
    expect((await moderate(data.id, 'published', as)).status).toBe(status)
  }
  const pending = (await catalog.call('GET', '/api/catalog/reviews?status=pending&limit=50', { as: 'admin' })).body.data
  expect(pending.items.map(({ id }: { id: string }) => id)).toContain(data.id)
  expect(pending.items.every(({ status }: { status: string }) => status === 'pending')).toBe(true)
  expect((await moderate('rev_none', 'published')).status).toBe(404)
  expect((await moderate(data.id, 'pending')).status).toBe(400)
})

test('reviewing needs a person, a product and a whole review', async () => {
  const { path } = await makeProduct()
  expect((await catalog.call('POST', path, { body: text })).status).toBe(401)
  expect((await catalog.call('GET', `${path}/mine`)).status).toBe(401)
  expect((await catalog.call('POST', path, { as: 'customer:usr_7', body: { ...text, rating: 6 } })).status).toBe(400)
  expect(
    (await catalog.call('POST', path, { as: 'customer:usr_7', body: { ...text, status: 'published' } })).status,
  ).toBe(400)
  expect(
    (await catalog.call('POST', '/api/catalog/products/none/reviews', { as: 'customer:usr_7', body: text })).status,
  ).toBe(404)
})
