import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Order } from '@vitrine/contracts/orders'
import { startShop } from './shop.testing.ts'

let shop: Awaited<ReturnType<typeof startShop>>
beforeAll(async () => {
  shop = await startShop('refund')
}, 30_000)
afterAll(() => shop.stop())

const staff = { 'x-identity': 'order-manager' }
const euro = (amount: number) => ({ amount, currency: 'EUR' as const })
let keys = 0

async function paid(quantity = 3, price = 1000) {
  const { input, sku } = shop.fill(quantity, 10, price)
  keys += 1
  const { order } = (await shop.checkout(input, `refund-${keys}`)).body.data
  await shop.pay(order.id, order.total.amount)
  return { order: Order.parse(order), sku }
}

const read = async (id: string) =>
  Order.parse((await shop.call('GET', `/api/orders/${id}`, undefined, staff)).body.data)

function refund(id: string, body: object, key = `key-${keys}-${JSON.stringify(body)}`) {
  const headers = { ...staff, 'idempotency-key': key }
  return shop.call('POST', `/api/orders/${id}/refunds`, { restock: false, reason: 'Sent back', ...body }, headers)
}

/** What the consumer does when the bank sends a refund back. */
async function fail(orderId: string, revision: number, refundedTotal = 0) {
  const [stored] = (await shop.stores.orders.find(orderId))?.refunds ?? []
  const data = { orderId, refundId: 're_1', amount: stored?.amount ?? euro(0), refundedTotal: euro(refundedTotal) }
  await shop.tell('payment.refund_failed', { ...data, key: stored?.key ?? null, revision })
}

test('a refund that fails later is shown as failed, its money counts again, and it can be repeated', async () => {
  const { order, sku } = await paid()
  const body = { lines: [{ sku, quantity: 3 }], shipping: order.shipping }
  expect((await refund(order.id, body)).body.data).toMatchObject({ paymentStatus: 'refunded' })
  await fail(order.id, 4)
  const failed = await read(order.id)
  expect(failed).toMatchObject({ paymentStatus: 'paid', refundedTotal: euro(0), refunds: [{ status: 'failed' }] })
  expect(failed.timeline.at(-1)).toMatchObject({ type: 'refund_failed', data: { isLate: true } })
  const repeated = await refund(order.id, body, 'again')
  expect(repeated.status).toBe(201)
  expect(repeated.body.data).toMatchObject({ paymentStatus: 'refunded', refundedTotal: order.total })
})

test('news of refunds that come in another order end the same', async () => {
  const { order, sku } = await paid()
  await refund(order.id, { lines: [{ sku, quantity: 1 }] })
  await fail(order.id, 4)
  const data = { orderId: order.id, refundId: 're_1', amount: euro(1000), refundedTotal: euro(1000), revision: 3 }
  await shop.tell('payment.refunded', data)
  expect(await read(order.id)).toMatchObject({ paymentStatus: 'paid', refundedTotal: euro(0) })
})

test('the units of a line add up to the whole line, cent by cent', async () => {
  const { order, sku } = await paid(3, 999)
  for (const key of ['one', 'two', 'three'])
    await refund(order.id, { lines: [{ sku, quantity: 1 }] }, `${order.id}${key}`)
  const { refunds, refundedTotal } = await read(order.id)
  expect(refunds.map(({ lines }) => lines)).toEqual(Array.from({ length: 3 }, () => [{ sku, quantity: 1 }]))
  expect(refundedTotal.amount).toBe(2997)
})

test('a unit is refunded once: asking for more than are left of a line says how many are', async () => {
  const { order, sku } = await paid()
  await refund(order.id, { lines: [{ sku, quantity: 2 }] })
  const refused = await refund(order.id, { lines: [{ sku, quantity: 2 }] }, 'two more')
  expect(refused).toMatchObject({ status: 409, body: { error: { details: { sku, quantity: 1 } } } })
  expect((await refund(order.id, { lines: [{ sku, quantity: 4 }] })).status).toBe(400)
})

test('shipping goes back once, in parts or whole', async () => {
  const { order } = await paid()
  expect((await refund(order.id, { shipping: euro(200) })).body.data.refundedTotal).toEqual(euro(200))
  expect((await refund(order.id, { shipping: euro(291) })).status).toBe(400)
  expect((await refund(order.id, { shipping: euro(290) })).body.data.refundedTotal).toEqual(euro(490))
})

test('a refund of everything that is left puts back only what had not been put back', async () => {
  const { order, sku } = await paid()
  await refund(order.id, { lines: [{ sku, quantity: 1 }], restock: true })
  await refund(order.id, { restock: true })
  const told = (await shop.events('order.returned')).filter(({ orderId }) => orderId === order.id)
  expect(told.flatMap(({ lines }) => lines)).toEqual([
    { sku, quantity: 1 },
    { sku, quantity: 2 },
  ])
})
