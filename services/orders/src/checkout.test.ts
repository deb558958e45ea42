import { afterAll, beforeAll, expect, test } from 'bun:test'
import { CheckoutReply } from '@vitrine/contracts/orders'
import { AppError } from '@vitrine/kernel/errors'
import { profiled } from '@vitrine/kernel/stores.testing'
import { ADDRESS, startShop } from './shop.testing.ts'

let shop: Awaited<ReturnType<typeof startShop>>
beforeAll(async () => {
  shop = await startShop('checkout')
}, 30_000)
afterAll(() => shop.stop())

test('a checkout freezes the cart, holds its stock and answers what the browser needs to pay', async () => {
  const { input, sku } = shop.fill()
  const reply = await shop.checkout(input, 'first-key')
  expect(reply.status).toBe(201)
  const { order, accessToken, payment } = CheckoutReply.parse(reply.body.data)
  expect(order).toMatchObject({ status: 'pending', paymentStatus: 'unpaid', email: input.email.toLowerCase() })
  expect(order.subtotal.amount).toBe(2000)
  expect(order.total).toEqual(input.expectedTotal)
  expect(order.lines[0]).toMatchObject({ sku, quantity: 2, total: { amount: 2000, currency: 'EUR' } })
  expect(payment.intentId).toBe(`pi_${order.id}`)
  expect(shop.world.stock.get(sku)?.available).toBe(8)
  const read = await shop.call('GET', `/api/orders/${order.id}`, undefined, { 'x-order-token': accessToken })
  expect(read.status).toBe(200)
  expect(read.body.data.number).toBe(order.number)
})

test('a checkout asks its neighbours at most six times, even when it replaces an earlier one', async () => {
  const { input } = shop.fill()
  shop.world.calls.length = 0
  await shop.checkout(input, 'count-1')
  expect(shop.world.calls).toHaveLength(4)
  shop.world.calls.length = 0
  expect((await shop.checkout(input, 'count-2')).status).toBe(201)
  expect(shop.world.calls.length).toBeLessThanOrEqual(6)
})

test('a checkout and its payment cost the store nine and four operations, none of which walks through a collection', async () => {
  const { input } = shop.fill()
  let placed: CheckoutReply | undefined
  const checkout = await profiled(shop.connection, async () => {
    placed = (await shop.checkout(input, 'counted')).body.data
  })
  const order = placed?.order
  const payment = await profiled(shop.connection, () => shop.pay(order?.id ?? '', order?.total.amount ?? 0))
  const names = (operations: typeof checkout) => operations.map(({ name }) => name).sort()
  expect(names(checkout)).toEqual([
    'findAndModify orders',
    'findAndModify orders',
    'insert checkout_attempts',
    'insert order_tokens',
    'insert orders',
    'insert outbox',
    'query orders',
    'query settings',
    'update checkout_attempts',
  ])
  expect(names(payment)).toEqual(['findAndModify orders', 'insert inbox', 'insert outbox', 'query orders'])
  expect([...checkout, ...payment].filter(({ plan }) => plan.includes('COLLSCAN'))).toEqual([])
  expect(Math.max(...[...checkout, ...payment].map(({ examined }) => examined))).toBeLessThanOrEqual(1)
})

test('the same key and body give the same answer word for word and one order', async () => {
  const { input, cartId } = shop.fill()
  const first = await shop.checkout(input, 'twice')
  const second = await shop.checkout(input, 'twice')
  expect(second.status).toBe(201)
  expect(second.body).toEqual(first.body)
  expect(await shop.connection.collection('orders').countDocuments({ cartId })).toBe(1)
})

test('parallel calls with one key make one order; the others are told to wait or get the same answer', async () => {
  const { input, cartId } = shop.fill()
  const replies = await Promise.all(Array.from({ length: 8 }, () => shop.checkout(input, 'race')))
  expect(replies.filter((reply) => reply.status === 201).length).toBeGreaterThanOrEqual(1)
  for (const reply of replies.filter(({ status }) => status !== 201)) {
    expect(reply.status).toBe(409)
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0)
  }
  expect(await shop.connection.collection('orders').countDocuments({ cartId })).toBe(1)
})

test('another body under the same key is refused, and no key is a bad request', async () => {
  const { input } = shop.fill()
  await shop.checkout(input, 'body')
  const other = await shop.checkout({ ...input, email: 'other@example.com' }, 'body')
  expect(other.status).toBe(409)
  expect(other.body.error.code).toBe('idempotency_mismatch')
  const none = await shop.call('POST', '/api/orders/checkout', input)
  expect(none.status).toBe(400)
})

test('a total that is not the expected one is refused with the new quote, and nothing is written', async () => {
  const { input, cartId, sku } = shop.fill()
  shop.world.stock.set(sku, { price: 1100, available: 10, isSellable: true })
  const reply = await shop.checkout(input, 'price')
  expect(reply.status).toBe(409)
  expect(reply.body.error.code).toBe('price_changed')
  expect(reply.body.error.details.total).toEqual({ amount: 2690, currency: 'EUR' })
  expect(await shop.connection.collection('orders').countDocuments({ cartId })).toBe(0)
})

test('a catalog that refuses the reservation ends the order, and its details reach the buyer again and again', async () => {
  const { input, cartId, sku } = shop.fill()
  const refusal = new AppError('out_of_stock', 'Gone.', { lines: [{ sku, available: 1 }], available: 1 })
  shop.world.fail.set('/reservations', refusal)
  const reply = await shop.checkout(input, 'sold-out')
  expect(reply.status).toBe(409)
  expect(reply.body.error).toMatchObject({ code: 'out_of_stock', details: { available: 1 } })
  const stored = await shop.connection.collection('orders').findOne({ cartId })
  expect(stored?.status).toBe('cancelled')
  const again = await shop.checkout(input, 'sold-out')
  expect(again.body.error).toMatchObject({ code: 'out_of_stock', details: { available: 1 } })
})

test('more than there is, is refused before anything is written', async () => {
  const { input, cartId } = shop.fill(5, 3)
  const reply = await shop.checkout(input, 'too-many')
  expect(reply.body.error).toMatchObject({ code: 'out_of_stock', details: { available: 3 } })
  expect(await shop.connection.collection('orders').countDocuments({ cartId })).toBe(0)
})

for (const point of ['order-placed', 'stock-held', 'intent-created']) {
  test(`a checkout that stopped at ${point} goes on with the same order when the key comes again`, async () => {
    const { input, cartId, sku } = shop.fill()
    shop.crashAt(point)
    expect((await shop.checkout(input, `crash-${point}`)).status).toBe(503)
    const again = await shop.checkout(input, `crash-${point}`)
    expect(again.status).toBe(201)
    expect(await shop.connection.collection('orders').countDocuments({ cartId })).toBe(1)
    expect(shop.world.stock.get(sku)?.available).toBe(8)
  })
}

test('a process that died holds the key for 15 s, then its order goes on', async () => {
  const { input, cartId } = shop.fill()
  const { attempts } = shop.stores
  shop.crashAt('stock-held')
  await shop.checkout(input, 'dead')
  // As a killed process leaves it: the lock still stands.
  const lockedUntil = new Date(shop.clock.now().getTime() + 15_000)
  await shop.connection.collection('checkout_attempts').updateMany({ reply: null }, { $set: { lockedUntil } })
  const busy = await shop.checkout(input, 'dead')
  expect(busy.status).toBe(409)
  expect(busy.headers.get('retry-after')).toBe('15')
  shop.clock.advance(15_001)
  expect((await shop.checkout(input, 'dead')).status).toBe(201)
  expect(await shop.connection.collection('orders').countDocuments({ cartId })).toBe(1)
  expect(attempts).toBeDefined()
})

test('a process that died after it ended a refused order tells that refusal when the key comes again', async () => {
  const { input, sku } = shop.fill()
  const refusal = new AppError('out_of_stock', 'Gone.', { lines: [{ sku, available: 1 }], available: 1 })
  shop.world.fail.set('/reservations', refusal)
  const first = await shop.checkout(input, 'refused-and-dead')
  // As a process leaves it that is killed before it remembers its answer.
  await shop.connection
    .collection('checkout_attempts')
    .updateMany({ 'reply.status': 409 }, { $set: { reply: null, lockedUntil: shop.clock.now() } })
  const again = await shop.checkout(input, 'refused-and-dead')
  expect(first.body.error).toMatchObject({ code: 'out_of_stock', details: { available: 1 } })
  expect({ ...again.body.error, requestId: '' }).toEqual({ ...first.body.error, requestId: '' })
})

test('a lost reply of the catalog neither cancels the order nor holds the stock twice', async () => {
  const { input, sku, cartId } = shop.fill()
  shop.world.fail.set('/reservations', 'done-but-lost')
  expect((await shop.checkout(input, 'lost')).status).toBe(503)
  expect((await shop.connection.collection('orders').findOne({ cartId }))?.status).toBe('pending')
  expect((await shop.checkout(input, 'lost')).status).toBe(201)
  expect(shop.world.stock.get(sku)?.available).toBe(8)
})

test('a new checkout of the same cart ends the earlier one: its intent first, then its stock', async () => {
  const { input, sku } = shop.fill(2, 2)
  const first = await shop.checkout(input, 'tab-1')
  const second = await shop.checkout(input, 'tab-2')
  expect(second.status).toBe(201)
  expect(shop.world.intents.get(first.body.data.order.id)).toBe('cancelled')
  expect((await shop.stores.orders.find(first.body.data.order.id))?.status).toBe('cancelled')
  expect(shop.world.stock.get(sku)?.available).toBe(0)
  const told = (await shop.events('order.cancelled')).find(({ orderId }) => orderId === first.body.data.order.id)
  expect(told).toMatchObject({ isAutomatic: true, wasPaid: false })
})

test('two tabs at once leave one open order', async () => {
  const { input, cartId } = shop.fill()
  await Promise.all(['a', 'b', 'c'].map((tab) => shop.checkout(input, `tabs-${tab}`)))
  expect(await shop.connection.collection('orders').countDocuments({ openCartId: cartId })).toBeLessThanOrEqual(1)
  expect(await shop.connection.collection('orders').countDocuments({ cartId, status: 'pending' })).toBeLessThanOrEqual(
    1,
  )
})

test('an earlier order whose payment went through is not replaced', async () => {
  const { input } = shop.fill()
  const first = await shop.checkout(input, 'paid-1')
  shop.world.intents.set(first.body.data.order.id, 'succeeded')
  const second = await shop.checkout(input, 'paid-2')
  expect(second.status).toBe(409)
  expect(second.body.error.details.orderId).toBe(first.body.data.order.id)
})

test('an unknown answer about the earlier intent keeps its stock and makes the buyer wait', async () => {
  const { input, sku } = shop.fill()
  const first = await shop.checkout(input, 'unknown-1')
  shop.world.fail.set('/cancel', 'lost')
  expect((await shop.checkout(input, 'unknown-2')).status).toBe(503)
  expect((await shop.stores.orders.find(first.body.data.order.id))?.status).toBe('cancelling')
  expect(shop.world.stock.get(sku)?.available).toBe(8)
  expect((await shop.checkout(input, 'unknown-3')).status).toBe(201)
})

test('a cart of somebody else is not found, and a guest without a cart is told so', async () => {
  const { input } = shop.fill()
  expect((await shop.checkout({ ...input, cartId: 'usr_victim' }, 'theft')).status).toBe(404)
  const { cartId: _cartId, ...rest } = input
  expect((await shop.checkout(rest, 'nobody')).status).toBe(400)
})

test('a quote needs nothing but the cart and makes no order', async () => {
  const { cartId } = shop.fill()
  const reply = await shop.call('POST', '/api/orders/quote', {}, { 'x-cart-id': cartId })
  expect(reply.status).toBe(200)
  expect(reply.body.data).toMatchObject({ total: { amount: 2490 }, tax: { amount: 319 + 78 }, taxIncluded: true })
  expect(reply.body.data.shippingMethods.map(({ id }: { id: string }) => id)).toEqual(['standard', 'express'])
  expect(await shop.connection.collection('orders').countDocuments({ cartId })).toBe(0)
})

test('a code lowers the total, and a wrong one is refused aloud', async () => {
  const { input } = shop.fill()
  const admin = { 'x-identity': 'admin' }
  await shop.call('POST', '/api/orders/promotions', { code: 'welcome10', type: 'percent', value: 10 }, admin)
  const quote = await shop.call('POST', '/api/orders/quote', { cartId: input.cartId, promotionCode: 'WELCOME10' })
  expect(quote.body.data).toMatchObject({ discount: { amount: 200 }, total: { amount: 2290 } })
  const wrong = await shop.checkout({ ...input, promotionCode: 'NOPE' }, 'code-1')
  expect(wrong.body.error.code).toBe('promotion_invalid')
  const right = await shop.checkout(
    { ...input, promotionCode: 'welcome10', expectedTotal: quote.body.data.total },
    'code-2',
  )
  expect(right.status).toBe(201)
  expect(right.body.data.order.promotion.code).toBe('WELCOME10')
})

test('an address without a country is a bad request that names the field and echoes nothing', async () => {
  const { input } = shop.fill()
  const { country: _country, ...address } = ADDRESS
  const reply = await shop.checkout({ ...input, shippingAddress: address }, 'fields')
  expect(reply.status).toBe(400)
  expect(Object.keys(reply.body.error.details.fields)).toContain('shippingAddress.country')
  expect(JSON.stringify(reply.body)).not.toContain(ADDRESS.line1)
})

test('what changes after the checkout changes nothing of the order: prices, the cart, the product itself', async () => {
  const { input, cartId, sku } = shop.fill()
  const { order } = (await shop.checkout(input, 'frozen')).body.data
  shop.world.stock.set(sku, { price: 9900, available: 0, isSellable: false })
  shop.world.carts.set(cartId, { version: 4, lines: [{ sku: 'SKU-other', quantity: 9 }] })
  await shop.pay(order.id, order.total.amount)
  const stored = await shop.stores.orders.find(order.id)
  expect(stored).toMatchObject({ status: 'confirmed', cartVersion: 3, total: order.total, lines: order.lines })
  const [told] = (await shop.events('order.confirmed')).filter(({ orderId }) => orderId === order.id)
  expect(told).toMatchObject({ cartVersion: 3, lines: [{ sku, quantity: 2 }] })
})

test('a new checkout of something that is no longer sold is refused with what is gone', async () => {
  const { input, sku } = shop.fill()
  shop.world.stock.set(sku, { price: 1000, available: 10, isSellable: false })
  const reply = await shop.checkout(input, 'unpublished')
  expect(reply).toMatchObject({
    status: 409,
    body: { error: { code: 'out_of_stock', details: { sku, available: 0 } } },
  })
})

test('a database whose disk is full answers unavailable, writes nothing, and goes on by itself', async () => {
  const { input } = shop.fill()
  const admin = shop.connection.getClient().db('admin')
  const failing = (mode: 'alwaysOn' | 'off') =>
    admin.command({
      configureFailPoint: 'failCommand',
      mode,
      data: { errorCode: 14031, failCommands: ['insert', 'update', 'findAndModify', 'commitTransaction'] },
    })
  await failing('alwaysOn')
  const refused = await shop.checkout(input, 'disk-full').finally(() => failing('off'))
  expect(refused.status).toBe(503)
  expect(refused.body.error.code).toBe('unavailable')
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await shop.connection.collection('orders').countDocuments({ cartId: input.cartId })).toBe(0)
  expect((await shop.checkout(input, 'disk-full')).status).toBe(201)
}, 30_000)
