import { afterAll, beforeAll, expect, test } from 'bun:test'
import { withTransaction } from '@vitrine/kernel/mongo'
import { startShop } from './shop.testing.ts'

let shop: Awaited<ReturnType<typeof startShop>>
beforeAll(async () => {
  shop = await startShop('people')
}, 30_000)
afterAll(() => shop.stop())

const staff = { 'x-identity': 'order-manager' }

async function bought(userId: string) {
  const { input } = shop.fill()
  const reply = await shop.checkout(input, `people-${userId}`, { 'x-identity': `customer:${userId}` })
  expect(reply.status).toBe(201)
  return reply.body.data.order as { id: string; email: string; total: { amount: number } }
}

const read = async (id: string) => (await shop.call('GET', `/api/orders/${id}`, undefined, staff)).body.data
const forget = (userId: string) =>
  withTransaction(shop.connection, (session) => shop.stores.people.forget({ userId, email: '' }, session))

test('a finished order of a deleted account stays without its person', async () => {
  const { id } = await bought('usr_gone')
  await shop.call('POST', `/api/orders/${id}/cancel`, { reason: 'test' }, staff)
  await forget('usr_gone')
  const order = await read(id)
  expect(order).toMatchObject({ status: 'cancelled', customerId: null, email: 'deleted@account.invalid' })
  expect(order.addresses.shipping).toEqual({
    name: 'Former customer',
    line1: '-',
    city: '-',
    postalCode: '-',
    country: 'DE',
  })
  expect(order.total.amount).toBeGreaterThan(0)
})

test('an order under way keeps its address until it is delivered', async () => {
  const { id, email, total } = await bought('usr_leaving')
  await shop.pay(id, total.amount)
  await forget('usr_leaving')
  expect(await read(id)).toMatchObject({ status: 'confirmed', email })
  await shop.call('POST', `/api/orders/${id}/ship`, { carrier: 'DHL', tracking: '1' }, staff)
  await shop.call('POST', `/api/orders/${id}/deliver`, {}, staff)
  await shop.stores.people.anonymiseFinished()
  expect(await read(id)).toMatchObject({ status: 'delivered', email: 'deleted@account.invalid' })
})

test('nobody else loses anything', async () => {
  const { id, email } = await bought('usr_stays')
  await shop.call('POST', `/api/orders/${id}/cancel`, { reason: 'test' }, staff)
  await forget('usr_other')
  await shop.stores.people.anonymiseFinished()
  expect(await read(id)).toMatchObject({ customerId: 'usr_stays', email })
})

test('auth alone reads all orders of somebody', async () => {
  const { id } = await bought('usr_asks')
  const path = '/internal/orders/people/usr_asks?email=x@example.com'
  expect((await shop.call('GET', path)).status).toBe(401)
  expect((await shop.call('GET', path, undefined, { 'x-service': 'cart' })).status).toBe(403)
  const { body } = await shop.call('GET', path, undefined, { 'x-service': 'auth' })
  expect(body.data.items).toMatchObject([{ id, lines: [{ quantity: 2 }] }])
  expect(body.data.items[0]).not.toHaveProperty('isOwnerGone')
})
