import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Order } from '@vitrine/contracts/orders'
import { OrderTrace, TestedOrders, TestedTrace } from '@vitrine/contracts/traces'
import { startShop } from './shop.testing.ts'

let shop: Awaited<ReturnType<typeof startShop>>
beforeAll(async () => {
  shop = await startShop('life')
}, 30_000)
afterAll(() => shop.stop())

const staff = { 'x-identity': 'order-manager' }
let keys = 0

async function placed(headers: Record<string, string> = {}, quantity = 2) {
  const { input, sku } = shop.fill(quantity)
  keys += 1
  const reply = await shop.checkout(input, `life-${keys}`, headers)
  expect(reply.status).toBe(201)
  const { order, accessToken } = reply.body.data
  return { order: Order.parse(order), sku, token: { 'x-order-token': String(accessToken) } }
}

async function paid(headers: Record<string, string> = {}) {
  const made = await placed(headers)
  await shop.pay(made.order.id, made.order.total.amount)
  return made
}

const read = async (id: string) =>
  Order.parse((await shop.call('GET', `/api/orders/${id}`, undefined, staff)).body.data)
const post = (path: string, body: unknown, headers: Record<string, string>) =>
  shop.call('POST', `/api/orders/${path}`, body, headers)

test('money of the right amount confirms an order once, however often the event comes', async () => {
  const { order } = await paid()
  await shop.pay(order.id, order.total.amount)
  await shop.pay(order.id, order.total.amount, 'evt_other')
  const now = await read(order.id)
  expect(now).toMatchObject({ status: 'confirmed', paymentStatus: 'paid' })
  expect(now.timeline.filter(({ type }) => type === 'confirmed')).toHaveLength(1)
  expect(now.timeline.at(-1)?.cause).toBe(`evt_${order.id}`)
  expect((await shop.events('order.confirmed')).filter((event) => event.orderId === order.id)).toHaveLength(1)
})

test('money of another amount does not confirm; it goes back', async () => {
  const { order } = await placed()
  await shop.pay(order.id, order.total.amount - 1)
  expect((await read(order.id)).status).toBe('pending')
  await shop.services.settlement.resumeUnsettled(shop.clock.now())
  expect(shop.world.refunds.get(`mismatch:${order.id}`)?.amount).toBe(order.total.amount - 1)
})

test('a failed try is noted and changes nothing, before or after success', async () => {
  const { order } = await paid()
  const { createEventHandlers } = await import('./events.ts')
  const { silentLog } = await import('@vitrine/kernel/log')
  const handlers = createEventHandlers(shop.stores.orders, silentLog())
  const data = { orderId: order.id, intentId: 'pi', code: 'card_declined' }
  await shop.stores.inbox.once('evt_failed', async (session) =>
    handlers['payment.failed']?.(
      { id: 'evt_failed', type: 'payment.failed', version: 1, occurredAt: '', data },
      session,
    ),
  )
  const now = await read(order.id)
  expect(now.status).toBe('confirmed')
  expect(now.timeline.at(-1)).toMatchObject({ type: 'payment_failed', data: { code: 'card_declined' } })
})

test('an unpaid order expires: the intent is cancelled, the stock comes back, and the event is told', async () => {
  const { order, sku } = await placed()
  shop.clock.advance(15 * 60_000 + 1)
  await shop.services.settlement.expireDue(shop.clock.now())
  expect(await read(order.id)).toMatchObject({ status: 'expired' })
  expect(shop.world.intents.get(order.id)).toBe('cancelled')
  expect(shop.world.stock.get(sku)?.available).toBe(10)
  expect((await shop.events('order.expired')).map(({ orderId }) => orderId)).toContain(order.id)
})

test('while the payment service does not answer, an expiring order waits and keeps its stock', async () => {
  const { order, sku } = await placed()
  shop.clock.advance(15 * 60_000 + 1)
  shop.world.fail.set('/cancel', 'lost')
  await shop.services.settlement.expireDue(shop.clock.now())
  expect((await read(order.id)).status).toBe('expiring')
  expect(shop.world.stock.get(sku)?.available).toBe(8)
  await shop.services.settlement.resumeUnsettled(shop.clock.now())
  expect((await read(order.id)).status).toBe('expired')
})

test('money that wins the race against expiry confirms the order', async () => {
  const { order } = await placed()
  shop.world.intents.set(order.id, 'succeeded')
  shop.clock.advance(15 * 60_000 + 1)
  await shop.services.settlement.expireDue(shop.clock.now())
  expect((await read(order.id)).status).toBe('expiring')
  await shop.pay(order.id, order.total.amount)
  expect((await read(order.id)).status).toBe('confirmed')
})

test('when the event of a payment never comes, the word of the payment service confirms after a minute', async () => {
  const { order } = await placed()
  shop.world.intents.set(order.id, 'succeeded')
  shop.clock.advance(15 * 60_000 + 1)
  await shop.services.settlement.expireDue(shop.clock.now())
  await shop.services.settlement.resumeUnsettled(shop.clock.now())
  expect((await read(order.id)).status).toBe('expiring')
  shop.clock.advance(60_001)
  await shop.services.settlement.resumeUnsettled(shop.clock.now())
  expect(await read(order.id)).toMatchObject({ status: 'confirmed', paymentStatus: 'paid' })
})

test('money for an expired order goes back once, and the order stays expired', async () => {
  const { order } = await placed()
  shop.clock.advance(15 * 60_000 + 1)
  await shop.services.settlement.expireDue(shop.clock.now())
  await shop.pay(order.id, order.total.amount)
  await shop.services.settlement.resumeUnsettled(shop.clock.now())
  await shop.services.settlement.resumeUnsettled(shop.clock.now())
  expect(await read(order.id)).toMatchObject({ status: 'expired', paymentStatus: 'refunded' })
  expect([...shop.world.refunds.values()].filter(({ orderId }) => orderId === order.id)).toHaveLength(1)
})

test('a buyer cancels a pending order, and cannot cancel it again', async () => {
  const { order, token, sku } = await placed()
  expect((await post(`${order.id}/cancel`, { reason: 'Changed my mind' }, token)).body.data.status).toBe('cancelled')
  expect(shop.world.stock.get(sku)?.available).toBe(10)
  const told = (await shop.events('order.cancelled')).find(({ orderId }) => orderId === order.id)
  expect(told?.isAutomatic).toBeUndefined()
  const again = await post(`${order.id}/cancel`, {}, token)
  expect(again.status).toBe(409)
  expect(again.body.error.code).toBe('illegal_transition')
})

test('cancelling a paid order refunds it first', async () => {
  const { order, token } = await paid()
  const reply = await post(`${order.id}/cancel`, {}, token)
  expect(reply.body.data).toMatchObject({ status: 'cancelled', paymentStatus: 'refunded' })
  expect(shop.world.refunds.get(`cancel:${order.id}`)?.amount).toBe(order.total.amount)
  expect((await shop.events('order.refunded')).filter((event) => event.orderId === order.id)).toEqual([])
  expect((await shop.events('order.cancelled')).find(({ orderId }) => orderId === order.id)).toMatchObject({
    wasPaid: true,
  })
})

test('a cancel that met a dead payment service is finished by the loop', async () => {
  const { order, token } = await paid()
  shop.world.fail.set('/refunds', 'lost')
  expect((await post(`${order.id}/cancel`, {}, token)).status).toBe(503)
  expect((await read(order.id)).status).toBe('cancelling')
  await shop.services.settlement.resumeUnsettled(shop.clock.now())
  expect((await read(order.id)).status).toBe('cancelled')
})

test('staff ship and deliver; a shipped order cannot be cancelled, a pending one cannot be shipped', async () => {
  const { order, token } = await paid()
  const parcel = { carrier: 'DHL', tracking: 'T1' }
  expect((await post(`${order.id}/deliver`, undefined, staff)).body.error.code).toBe('illegal_transition')
  expect((await post(`${order.id}/ship`, parcel, staff)).body.data).toMatchObject({
    status: 'shipped',
    shipment: parcel,
  })
  expect((await post(`${order.id}/cancel`, {}, token)).body.error.code).toBe('illegal_transition')
  expect((await post(`${order.id}/deliver`, undefined, staff)).body.data.status).toBe('delivered')
  const pending = await placed()
  expect((await post(`${pending.order.id}/ship`, parcel, staff)).status).toBe(409)
})

test('only staff with the permission ship, and only the right one refunds', async () => {
  const { order, token } = await paid()
  expect((await post(`${order.id}/ship`, { carrier: 'a', tracking: 'b' }, token)).status).toBe(401)
  expect((await post(`${order.id}/ship`, { carrier: 'a', tracking: 'b' }, { 'x-identity': 'support' })).status).toBe(
    403,
  )
  expect((await post(`${order.id}/refunds`, {}, { 'x-identity': 'customer' })).status).toBe(403)
})

test('refunds add up to what was paid and no further, once per key', async () => {
  const { order } = await paid()
  const refund = (body: unknown, key: string) => post(`${order.id}/refunds`, body, { ...staff, 'idempotency-key': key })
  const part = { amount: { amount: 500, currency: 'EUR' }, restock: false, reason: 'Scratched' }
  expect((await refund(part, 'r1')).body.data).toMatchObject({
    paymentStatus: 'partially_refunded',
    refundedTotal: { amount: 500 },
  })
  expect((await refund(part, 'r1')).body.data.refundedTotal.amount).toBe(500)
  expect((await refund({ ...part, reason: 'Other' }, 'r1')).body.error.code).toBe('idempotency_mismatch')
  expect((await refund({ amount: order.total, restock: false, reason: '' }, 'r2')).status).toBe(409)
  expect((await refund({ restock: false, reason: 'All' }, 'r3')).body.data).toMatchObject({ paymentStatus: 'refunded' })
  expect((await post(`${order.id}/refunds`, part, staff)).status).toBe(400)
  const told = (await shop.events('order.refunded')).filter((event) => event.orderId === order.id)
  expect(told).toMatchObject([
    { email: order.email, amount: { amount: 500 }, refundedTotal: { amount: 500 } },
    { refundedTotal: order.total, total: order.total },
  ])
})

test('returned lines are told of once their money is back, so that they go on sale again', async () => {
  const { order, sku } = await paid()
  const body = { lines: [{ sku, quantity: 1 }], restock: true, reason: 'Did not fit' }
  const headers = { ...staff, 'idempotency-key': 'returned' }
  expect((await post(`${order.id}/refunds`, body, headers)).body.data.refundedTotal.amount).toBe(1000)
  await post(`${order.id}/refunds`, body, headers)
  const told = (await shop.events('order.returned')).filter(({ orderId }) => orderId === order.id)
  expect(told).toEqual([{ orderId: order.id, number: order.number, lines: [{ sku, quantity: 1 }] }])
})

test('parallel refunds never give back more than was paid', async () => {
  const { order } = await paid()
  const body = { amount: { amount: 2000, currency: 'EUR' }, restock: false, reason: 'x' }
  const replies = await Promise.all(
    ['p1', 'p2', 'p3'].map((key) => post(`${order.id}/refunds`, body, { ...staff, 'idempotency-key': key })),
  )
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
})

test('an order is there for its owner, its token and staff, and for nobody else', async () => {
  const { order, token } = await placed({ 'x-identity': 'customer:usr_owner' })
  const get = async (headers: Record<string, string>) =>
    (await shop.call('GET', `/api/orders/${order.id}`, undefined, headers)).status
  expect(await get({ 'x-identity': 'customer:usr_owner' })).toBe(200)
  expect(await get(token)).toBe(200)
  expect(await get({ cookie: `a=b; order_${order.id}=${token['x-order-token']}` })).toBe(200)
  expect(await get({ 'x-identity': 'support' })).toBe(200)
  expect(await get({ 'x-identity': 'customer:usr_other' })).toBe(404)
  expect(await get({})).toBe(404)
  const other = await placed()
  expect(await get(other.token)).toBe(404)
})

test('the payment is handed out again while the order is pending, to its buyer only', async () => {
  const { order, token } = await placed()
  const path = `/api/orders/${order.id}/payment`
  expect((await shop.call('GET', path, undefined, token)).body.data.intentId).toBe(`pi_${order.id}`)
  expect((await shop.call('GET', path, undefined, staff)).status).toBe(404)
  await shop.pay(order.id, order.total.amount)
  expect((await shop.call('GET', path, undefined, token)).status).toBe(409)
})

test('one lists own orders page by page; all of them need the permission', async () => {
  const me = { 'x-identity': 'customer:usr_lister' }
  const made = [await placed(me), await placed(me), await placed(me)].map(({ order }) => order.id)
  const list = async (query: string, headers: Record<string, string>) =>
    shop.call('GET', `/api/orders${query}`, undefined, headers)
  const first = await list('?limit=2', me)
  expect(first.body.data.items).toHaveLength(2)
  const second = await list(`?limit=2&cursor=${first.body.data.nextCursor}`, me)
  const ids = [...first.body.data.items, ...second.body.data.items].map(({ id }: { id: string }) => id)
  expect(ids.sort()).toEqual(made.sort())
  expect(second.body.data.nextCursor).toBeNull()
  expect((await list('?scope=all', me)).status).toBe(403)
  expect((await list('', {})).status).toBe(401)
  expect((await list('?scope=all&status=pending&q=buyer', { 'x-identity': 'support' })).status).toBe(200)
})

test('a guest finds an order by number and email; guessing is stopped after ten tries an hour', async () => {
  const { order } = await placed()
  const lookup = (email: string) => post('lookup', { number: order.number.toLowerCase(), email }, {})
  const found = await lookup(order.email)
  expect(found.body.data.order.id).toBe(order.id)
  const token = { 'x-order-token': found.body.data.accessToken }
  expect((await shop.call('GET', `/api/orders/${order.id}`, undefined, token)).status).toBe(200)
  for (let tries = 0; tries < 9; tries++) expect((await lookup('wrong@example.com')).status).toBe(404)
  const stopped = await lookup(order.email)
  expect(stopped.status).toBe(429)
  expect(Number(stopped.headers.get('retry-after'))).toBeGreaterThan(0)
})

test('notes are kept for staff and hidden from the buyer', async () => {
  const { order, token } = await placed()
  expect((await post(`${order.id}/notes`, { text: 'Call first' }, staff)).status).toBe(201)
  expect((await read(order.id)).notes?.[0]?.text).toBe('Call first')
  expect((await shop.call('GET', `/api/orders/${order.id}`, undefined, token)).body.data.notes).toBeUndefined()
})

async function* streamOf(orderId: string, headers: Record<string, string>) {
  const reply = await shop.app.handle(new Request(`http://localhost/api/orders/events?order=${orderId}`, { headers }))
  expect(reply.headers.get('content-type')).toContain('text/event-stream')
  const reader = reply.body?.getReader()
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    yield new TextDecoder().decode(next.value)
  }
}

test('the stream tells every change as it happens, until nothing can change any more', async () => {
  const { order, token } = await placed()
  let text = ''
  for await (const chunk of streamOf(order.id, token)) {
    text += chunk
    if (chunk.includes('"status":"pending"')) await post(`${order.id}/cancel`, {}, token)
  }
  expect(text).toContain('retry: ')
  expect(text).toContain('"status":"cancelled"')
})

test('a stream that comes back tells only what is new, and one with nothing to come is not asked again', async () => {
  const { order, token } = await paid()
  const { version } = await read(order.id)
  for await (const chunk of streamOf(order.id, { ...token, 'last-event-id': String(version) })) {
    expect(chunk).not.toContain('event: order')
    if (chunk.includes(': waiting')) break
  }
  await post(`${order.id}/cancel`, {}, token)
  const headers = { ...token, 'last-event-id': String((await read(order.id)).version) }
  const request = new Request(`http://localhost/api/orders/events?order=${order.id}`, { headers })
  expect((await shop.app.handle(request)).status).toBe(204)
  const stranger = await shop.app.handle(new Request(`http://localhost/api/orders/events?order=${order.id}`))
  expect(stranger.status).toBe(404)
})

test('an order that cannot be settled is tried at once, then ever more seldom', async () => {
  const { order } = await placed()
  shop.clock.advance(15 * 60_000 + 1)
  const failing = () => shop.world.fail.set(`${order.id}/cancel`, 'lost')
  const asked = () => shop.world.calls.filter((call) => call.includes(`${order.id}/cancel`)).length
  failing()
  await shop.services.settlement.expireDue(shop.clock.now())
  failing()
  await shop.services.settlement.resumeUnsettled(shop.clock.now())
  expect(asked()).toBe(2)
  await shop.services.settlement.resumeUnsettled(shop.clock.now())
  expect(asked()).toBe(2)
  const trace = await shop.call('GET', `/api/orders/${order.id}/trace`, undefined, staff)
  expect(trace.body.data.retry).toMatchObject({ tries: 2 })
  shop.clock.advance(5001)
  await shop.services.settlement.resumeUnsettled(shop.clock.now())
  expect((await read(order.id)).status).toBe('expired')
})

test('the trace of an order names every step, the keys that led to it, what was told and what was heard', async () => {
  const { order } = await paid()
  const { body, status } = await shop.call('GET', `/api/orders/${order.id}/trace`, undefined, {
    'x-identity': 'support',
  })
  expect(status).toBe(200)
  const trace = OrderTrace.parse(body.data)
  expect(trace.steps.map(({ type }) => type)).toEqual(['placed', 'stock_held', 'payment_started', 'confirmed'])
  expect(trace.attempts).toMatchObject([{ status: 201 }])
  expect(trace.events.map(({ type }) => type)).toEqual(['order.placed', 'order.confirmed'])
  expect(trace.events[1]?.cause).toBe(`evt_${order.id}`)
  expect(trace.handled.map(({ id }) => id)).toEqual([`evt_${order.id}`])
  const nobody = await shop.call('GET', `/api/orders/${order.id}/trace`, undefined, { 'x-identity': 'customer' })
  expect(nobody.status).toBe(403)
})

test('the tester’s page sees the latest orders and their traces, and nothing of who bought them', async () => {
  shop.clock.advance(1)
  const { order } = await paid()
  const latest = await shop.call('GET', '/internal/orders/testing')
  expect(TestedOrders.parse(latest.body.data).items[0]).toMatchObject({ number: order.number, status: 'confirmed' })
  const one = await shop.call('GET', `/internal/orders/testing/${order.id}`)
  const { trace } = TestedTrace.parse(one.body.data)
  expect(trace.steps.map(({ type }) => type)).toEqual(['placed', 'stock_held', 'payment_started', 'confirmed'])
  expect(trace.events.map(({ type }) => type)).toEqual(['order.placed', 'order.confirmed'])
  for (const reply of [latest, one]) {
    expect(JSON.stringify(reply.body)).not.toContain(order.email)
    expect(JSON.stringify(reply.body)).not.toContain(order.addresses.shipping.line1)
  }
})

test('where real buyers are there is nothing for testers', async () => {
  const { order } = await paid()
  for (const path of ['/internal/orders/testing', `/internal/orders/testing/${order.id}`]) {
    expect((await shop.publicApp.handle(new Request(`http://localhost${path}`))).status).toBe(404)
  }
})

test('the numbers of the dashboard are counted from the orders', async () => {
  const reply = await shop.call('GET', '/api/orders/stats', undefined, staff)
  expect(reply.status).toBe(200)
  expect(reply.body.data.revenue.amount).toBeGreaterThan(0)
  expect((await shop.call('GET', '/api/orders/stats', undefined, { 'x-identity': 'customer' })).status).toBe(403)
})

test('only cart may ask what a code is worth', async () => {
  const body = {
    code: 'NOPE',
    lines: [{ sku: 'A', productId: 'p', quantity: 1, unitPrice: { amount: 100, currency: 'EUR' } }],
  }
  const ask = (headers: Record<string, string>) =>
    shop.call('POST', '/internal/orders/promotions/evaluate', body, headers)
  expect((await ask({})).status).toBe(401)
  expect((await ask({ 'x-service': 'catalog' })).status).toBe(403)
  expect((await ask({ 'x-service': 'cart' })).body.data).toMatchObject({ isValid: false })
})
