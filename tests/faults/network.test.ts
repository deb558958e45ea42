import { expect, test } from 'bun:test'
import { MongoClient } from 'mongodb'
import { cartWith, checkoutBody, orderOf, pay, place } from '../system/buyer.ts'
import { call, state, tokenOf, until } from '../system/edge.client.ts'
import { mesh } from '../system/mesh.command.ts'
import { persistentBuyer, succeededIntents } from '../system/persistent.buyer.ts'
import { productWithStock, stockOf } from '../system/stock.ts'
import { hitsOf, whileBroken } from './wires.ts'

async function readyToOrder(email: string) {
  const { sku } = await productWithStock(5)
  const cartId = await cartWith([{ sku, quantity: 1 }])
  const headers = { 'x-cart-id': cartId }
  const quote = () => call('/api/orders/quote', { method: 'POST', headers, body: checkoutBody(email) })
  const body = checkoutBody(email, (await quote()).data.total)
  const key = crypto.randomUUID()
  const order = () =>
    call('/api/orders/checkout', { method: 'POST', headers: { ...headers, 'idempotency-key': key }, body })
  return { sku, cartId, quote, order }
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; ms: number }> {
  const startedAt = performance.now()
  const result = await work()
  return { result, ms: performance.now() - startedAt }
}

/** How the orders of a cart stand. */
const ordersOf = async (cartId: string) => {
  const client = await new MongoClient(state().mongo).connect()
  const orders = await client.db('orders').collection('orders').find({ cartId }).toArray()
  await client.close()
  return orders.map(({ status }) => String(status))
}

/** Asks with the same key until there is an order. */
const untilPlaced = (order: () => ReturnType<typeof call>) =>
  until(
    'the order is placed',
    async () => {
      const reply = await order().catch(() => null)
      return reply?.status === 201 ? reply : null
    },
    60,
  )

test('with mongod away a checkout is told to come back within 3 s, leaves nothing half done, and goes on with its key', async () => {
  const { sku, cartId, order } = await readyToOrder('mongo-away@vitrine.test')
  await whileBroken('mongo', { kind: 'refuse' }, async () => {
    await call('/api/orders/health').catch(() => null)
    const { result, ms } = await timed(order)
    expect([result.status, result.error.code]).toEqual([503, 'unavailable'])
    expect(Number(result.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(ms).toBeLessThan(3000)
  })
  expect(await ordersOf(cartId)).toEqual([])
  await untilPlaced(order)
  expect(await ordersOf(cartId)).toEqual(['pending'])
  expect(await stockOf(sku)).toMatchObject({ reserved: 1, available: 4 })
}, 120_000)

test('with Redis away one browses and pays; what needs a cart is told to come back, and all is right afterwards', async () => {
  const { sku } = await productWithStock(5)
  const placed = await place([{ sku, quantity: 1 }], 'redis-away@vitrine.test')
  const { order } = await readyToOrder('redis-away-2@vitrine.test')
  await whileBroken('redis', { kind: 'refuse' }, async () => {
    expect((await call('/api/catalog/products?limit=1')).status).toBe(200)
    expect((await pay(placed.intentId)).status).toBe(200)
    const { result, ms } = await timed(order)
    expect(result.status).toBe(503)
    expect(Number(result.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(ms).toBeLessThan(3000)
    const credentials = { email: 'shopper@vitrine.test', password: 'vitrine-shopper-demo' }
    expect((await call('/api/auth/login', { method: 'POST', body: credentials })).status).toBe(200)
  })
  await until('the order is confirmed', async () => (await orderOf(placed)).data?.status === 'confirmed', 90)
  await until('it is sold', async () => (await stockOf(sku))?.onHand === 4)
  await untilPlaced(order)
}, 180_000)

test('a black hole between orders and catalog: reads and holds are given up after 2 s, the order waits, and no half-open connection stays', async () => {
  const { sku, cartId, quote, order } = await readyToOrder('black-hole@vitrine.test')
  const givenUp = async (match: string, ask: () => ReturnType<typeof call>) =>
    whileBroken('mesh', { kind: 'black_hole', match }, async () => {
      const { result, ms } = await timed(ask)
      expect([result.status, result.error.code]).toEqual([503, 'unavailable'])
      expect(ms).toBeGreaterThan(1900)
      expect(ms).toBeLessThan(2900)
      expect(await hitsOf('mesh')).toBeGreaterThan(0)
    })
  await givenUp('/internal/catalog/variants', quote)
  await givenUp('/internal/catalog/variants', order)
  expect(await ordersOf(cartId)).toEqual([])
  await givenUp('/internal/catalog/reservations', order)
  expect(await ordersOf(cartId)).toEqual(['pending'])
  for (let round = 0; round < 8; round++) {
    const { result, ms } = await timed(quote)
    expect(result.status).toBe(200)
    expect(ms).toBeLessThan(2000)
  }
  await untilPlaced(order)
  expect(await ordersOf(cartId)).toEqual(['pending'])
  expect(await stockOf(sku)).toMatchObject({ reserved: 1, available: 4 })
}, 120_000)

test.each([
  ['mesh', '/internal/catalog/reservations'],
  ['mesh', '/internal/payments/intents'],
  ['stripe', '/v1/payment_intents'],
] as const)(
  'a reset after %s %s was carried out has one effect',
  async (wire, match) => {
    const { sku } = await productWithStock(5)
    const email = `reset-${match.replaceAll('/', '-')}@vitrine.test`
    const order = await whileBroken(wire, { kind: 'reset_after', match, times: 1 }, async () => {
      const bought = await persistentBuyer(sku, email)
      expect(await hitsOf(wire)).toBe(1)
      return bought
    })
    await until('the order is confirmed', async () => (await orderOf(order)).data?.status === 'confirmed', 90)
    await until('it is sold once', async () => (await stockOf(sku))?.onHand === 4)
    const client = await new MongoClient(state().mongo).connect()
    expect(await client.db('orders').collection('orders').countDocuments({ email })).toBe(1)
    await client.close()
    const intents = (await succeededIntents()).filter(({ metadata }) => metadata.orderId === order.orderId)
    expect(intents).toHaveLength(1)
  },
  120_000,
)

test('the money arrives while orders is away: it is noted, and the order is confirmed as soon as orders is back', async () => {
  const { sku } = await productWithStock(1)
  const placed = await place([{ sku, quantity: 1 }], 'orders-away@vitrine.test')
  const token = await tokenOf('support')
  await mesh('kill', 'orders', '--signal', 'STOP')
  try {
    expect((await pay(placed.intentId)).status).toBe(200)
    await until('the payment service knows', async () => {
      const { data } = await call(`/api/payments/${placed.orderId}`, { token })
      return data?.status === 'succeeded'
    })
  } finally {
    await mesh('kill', 'orders')
  }
  await until('the order is confirmed', async () => (await orderOf(placed)).data?.status === 'confirmed', 60)
  await until('it is sold once', async () => (await stockOf(sku))?.onHand === 0)
}, 120_000)

test('every webhook dropped: reconciliation confirms a paid order within 90 s', async () => {
  const control = (body: object) =>
    fetch(`${state().stripe?.url}/_control/webhooks`, { method: 'POST', body: JSON.stringify(body) })
  const { sku } = await productWithStock(1)
  const placed = await place([{ sku, quantity: 1 }], 'no-webhooks@vitrine.test')
  await control({ drop: true })
  try {
    expect((await pay(placed.intentId)).status).toBe(200)
    await until('the order is confirmed', async () => (await orderOf(placed)).data?.status === 'confirmed', 90)
  } finally {
    await control({})
  }
}, 120_000)
