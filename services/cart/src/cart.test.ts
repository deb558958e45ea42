import { afterAll, beforeAll, expect, test } from 'bun:test'
import { CartView } from '@vitrine/contracts/cart'
import { fixedClock } from '@vitrine/kernel/clock'
import { unavailable } from '@vitrine/kernel/errors'
import type { ServiceClient } from '@vitrine/kernel/http'
import { newId } from '@vitrine/kernel/ids'
import { silentLog } from '@vitrine/kernel/log'
import { connectRedis } from '@vitrine/kernel/redis'
import { startTestRedis } from '@vitrine/kernel/stores.testing'
import { testCallerVerifier, testIdentityVerifier } from '@vitrine/kernel/verifiers.testing'
import { createCartApp } from './app.ts'
import { redisCartRepository } from './cart.redis.ts'
import { createCartService } from './cart.service.ts'
import { createEventHandlers, redisInbox } from './events.ts'
import { createNeighbours } from './neighbours.ts'

type Stock = { price: number; available: number; isSellable: boolean }

async function startCart() {
  const { url } = await startTestRedis()
  const log = silentLog()
  const redis = await connectRedis(url, log)
  const stock = new Map<string, Stock>()
  const calls: string[] = []
  let isOrdersDown = false

  const variantOf = (sku: string) => {
    const { price = 0, ...rest } = stock.get(sku) ?? {}
    const shown = {
      sku,
      productId: `prd_${sku}`,
      slug: sku,
      title: `The ${sku}`,
      options: { Color: 'Red' },
      picture: null,
    }
    return { ...shown, ...rest, price: { amount: price, currency: 'EUR' } }
  }

  function answer(path: string, body: unknown): unknown {
    if (path.startsWith('/internal/catalog/')) {
      const skus = (new URL(path, 'http://mesh').searchParams.get('skus') ?? '').split(',')
      return {
        items: skus.filter((sku) => stock.has(sku)).map(variantOf),
        missing: skus.filter((sku) => !stock.has(sku)),
      }
    }
    // Bodies come from the code under test.
    const { code } = body as { code: string }
    const discount = { amount: 100, currency: 'EUR' }
    return code === 'WELCOME10'
      ? { isValid: true, promotion: { code, label: '10 % off', discount, isFreeShipping: false } }
      : { isValid: false, reason: 'This code does not exist.' }
  }

  const client: ServiceClient = {
    async call(schema, { service, path, body }) {
      calls.push(path)
      if (service === 'orders' && isOrdersDown) throw unavailable('orders')
      return schema.parse(answer(path, body))
    },
  }
  const carts = redisCartRepository(redis)
  const service = createCartService({ carts, neighbours: createNeighbours(client) })
  const app = createCartApp({
    service,
    log,
    clock: fixedClock(new Date('2026-06-01T12:00:00Z')),
    verifyIdentity: testIdentityVerifier,
    verifyCaller: testCallerVerifier,
    checks: {},
  })

  async function call(method: string, path: string, options: { as?: Record<string, string>; body?: unknown } = {}) {
    const json = options.body === undefined ? {} : { body: JSON.stringify(options.body) }
    const headers = { ...(options.body === undefined ? {} : { 'content-type': 'application/json' }), ...options.as }
    const reply = await app.handle(new Request(`http://localhost${path}`, { method, headers, ...json }))
    return { status: reply.status, headers: reply.headers, body: await reply.json() }
  }

  let made = 0
  return {
    redis,
    stock,
    calls,
    carts,
    service,
    call,
    sell(values: Partial<Stock> = {}) {
      made += 1
      stock.set(`SKU${made}`, { price: 1000, available: 10, isSellable: true, ...values })
      return `SKU${made}`
    },
    /** A guest with this in the cart. */
    async guest(sku: string, quantity = 1) {
      const reply = await call('POST', '/api/cart/lines', { body: { sku, quantity } })
      return { 'x-cart-id': String(reply.headers.get('x-cart-id')) }
    },
    ordersDown: (isDown: boolean) => {
      isOrdersDown = isDown
    },
    stop: () => redis.disconnect(),
  }
}

let cart: Awaited<ReturnType<typeof startCart>>
beforeAll(async () => {
  cart = await startCart()
}, 30_000)
afterAll(() => cart.stop())

const add = (sku: string, quantity: number, as: Record<string, string> = {}) =>
  cart.call('POST', '/api/cart/lines', { as, body: { sku, quantity } })
const show = async (as: Record<string, string> = {}) =>
  CartView.parse((await cart.call('GET', '/api/cart', { as })).body.data)

test('a guest who only looks gets an empty cart, and nothing is stored or issued', async () => {
  // Other tests share this Redis; only carts count.
  const carts = () => cart.redis.keys('cart:*')
  const before = (await carts()).sort()
  const reply = await cart.call('GET', '/api/cart')
  expect(reply.status).toBe(200)
  expect(reply.body.data).toMatchObject({ id: null, version: 0, lines: [], total: { amount: 0, currency: 'EUR' } })
  expect(reply.headers.get('x-cart-id')).toBeNull()
  expect((await carts()).sort()).toEqual(before)
})

test('the first line issues a cart whose id stands in the body and the header, kept for seven days', async () => {
  const reply = await add(cart.sell(), 2)
  const { id } = reply.body.data
  expect(id).toMatch(/^crt_\w{22}$/)
  expect(reply.headers.get('x-cart-id')).toBe(id)
  expect(reply.body.data).toMatchObject({ subtotal: { amount: 2000 }, total: { amount: 2000 }, itemCount: 2 })
  expect(await cart.redis.ttl(`cart:${id}`)).toBeGreaterThan(7 * 86_400 - 10)
  expect((await show({ 'x-cart-id': id })).lines).toHaveLength(1)
  expect((await show({ cookie: `theme=dark; cart=${id}` })).lines).toHaveLength(1)
})

test('an id nobody issued is not found', async () => {
  for (const id of ['crt_1111111111111111111111', 'usr_1', 'x'])
    expect((await cart.call('GET', '/api/cart', { as: { 'x-cart-id': id } })).status).toBe(404)
  expect((await add(cart.sell(), 1, { 'x-cart-id': 'usr_victim' })).status).toBe(404)
})

test('adding adds up, setting sets, zero removes, and each change raises the version', async () => {
  const sku = cart.sell()
  const guest = await cart.guest(sku, 2)
  expect((await add(sku, 3, guest)).body.data).toMatchObject({
    version: 2,
    lines: [{ quantity: 5, lineTotal: { amount: 5000 } }],
  })
  const set = await cart.call('PATCH', `/api/cart/lines/${sku}`, { as: guest, body: { quantity: 1 } })
  expect(set.body.data).toMatchObject({ version: 3, lines: [{ quantity: 1 }] })
  const removed = await cart.call('PATCH', `/api/cart/lines/${sku}`, { as: guest, body: { quantity: 0 } })
  expect(removed.body.data).toMatchObject({ version: 4, lines: [] })
  expect((await cart.call('DELETE', `/api/cart/lines/${sku}`, { as: guest })).status).toBe(404)
})

test('more than there is, is refused with what there is', async () => {
  const sku = cart.sell({ available: 3 })
  const guest = await cart.guest(sku, 2)
  const more = await add(sku, 2, guest)
  expect(more.status).toBe(409)
  expect(more.body.error).toMatchObject({ code: 'out_of_stock', details: { available: 3 } })
  const set = await cart.call('PATCH', `/api/cart/lines/${sku}`, { as: guest, body: { quantity: 4 } })
  expect(set.body.error.details.available).toBe(3)
  expect((await show(guest)).lines[0]?.quantity).toBe(2)
})

test('a line holds 99 at most, and a quantity beyond that is a bad request', async () => {
  const sku = cart.sell({ available: 500 })
  const guest = await cart.guest(sku, 60)
  expect((await add(sku, 60, guest)).body.data).toMatchObject({
    lines: [{ quantity: 99 }],
    notices: [{ code: 'capped' }],
  })
  for (const quantity of [0, 100, 1.5]) expect((await add(sku, quantity, guest)).status).toBe(400)
})

test('what is not sold is not found', async () => {
  expect((await add('NOPE', 1)).status).toBe(404)
  expect((await add(cart.sell({ isSellable: false }), 1)).status).toBe(404)
})

test('parallel changes are all kept', async () => {
  const sku = cart.sell({ available: 99 })
  const guest = await cart.guest(sku, 1)
  await Promise.all(Array.from({ length: 10 }, () => add(sku, 1, guest)))
  expect(await show(guest)).toMatchObject({ version: 11, lines: [{ quantity: 11 }] })
})

test('the shopper is told what has changed since: price, stock, and what is gone', async () => {
  const skus = [cart.sell(), cart.sell(), cart.sell(), cart.sell()] as const
  const guest = await cart.guest(skus[0], 2)
  for (const sku of skus.slice(1)) await add(sku, 2, guest)
  cart.stock.set(skus[0], { price: 1200, available: 10, isSellable: true })
  cart.stock.set(skus[1], { price: 1000, available: 1, isSellable: true })
  cart.stock.set(skus[2], { price: 1000, available: 0, isSellable: true })
  cart.stock.delete(skus[3])
  cart.calls.length = 0
  const view = await show(guest)
  expect(view.lines.map((line) => line.notices.map(({ code }) => code))).toEqual([
    ['price_changed'],
    ['capped'],
    ['out_of_stock'],
    ['gone'],
  ])
  expect(view.lines[0]?.notices[0]?.previousPrice?.amount).toBe(1000)
  expect(view.lines[3]).toMatchObject({ product: { title: `The ${skus[3]}` }, lineTotal: { amount: 0 }, available: 0 })
  expect(view.notices).toHaveLength(4)
  expect(cart.calls).toHaveLength(1)
})

test('a person has one cart by user id, and nobody reaches it by naming that id', async () => {
  const me = { 'x-identity': 'customer:usr_mine' }
  const reply = await add(cart.sell(), 1, me)
  expect(reply.body.data.id).toBe('usr_mine')
  expect(reply.headers.get('x-cart-id')).toBeNull()
  expect((await show(me)).lines).toHaveLength(1)
  expect((await cart.call('GET', '/api/cart', { as: { 'x-cart-id': 'usr_mine' } })).status).toBe(404)
})

test('after sign-in the guest cart is merged once: sums, capped to the stock, with notices', async () => {
  const [both, onlyGuest] = [cart.sell({ available: 5 }), cart.sell()]
  const me = { 'x-identity': 'customer:usr_merge' }
  await add(both, 4, me)
  const guest = await cart.guest(both, 3)
  await add(onlyGuest, 1, guest)
  const merged = await cart.call('POST', '/api/cart/merge', { as: { ...me, ...guest } })
  expect(merged.body.data.lines).toMatchObject([
    { sku: both, quantity: 5 },
    { sku: onlyGuest, quantity: 1 },
  ])
  expect(merged.body.data.notices.map(({ code }: { code: string }) => code)).toEqual(['capped', 'merged'])
  const again = await cart.call('POST', '/api/cart/merge', { as: { ...me, ...guest } })
  expect(again.body.data).toMatchObject({ version: merged.body.data.version, lines: merged.body.data.lines })
  expect((await cart.call('GET', '/api/cart', { as: guest })).status).toBe(404)
  expect((await cart.call('POST', '/api/cart/merge', { as: guest })).status).toBe(401)
})

test('two merges at once add the guest lines once', async () => {
  const sku = cart.sell({ available: 50 })
  const me = { 'x-identity': 'customer:usr_twice' }
  const guest = await cart.guest(sku, 3)
  await Promise.all([1, 2, 3].map(() => cart.call('POST', '/api/cart/merge', { as: { ...me, ...guest } })))
  expect((await show(me)).lines).toMatchObject([{ sku, quantity: 3 }])
})

test('a code is checked, kept and shown; a wrong one says why; without orders the cart is still shown', async () => {
  const guest = await cart.guest(cart.sell(), 2)
  const post = (code: string) => cart.call('POST', '/api/cart/promotion', { as: guest, body: { code } })
  const wrong = await post('nope')
  expect(wrong.status).toBe(409)
  expect(wrong.body.error).toMatchObject({
    code: 'promotion_invalid',
    details: { reason: 'This code does not exist.' },
  })
  expect((await post('welcome10')).body.data).toMatchObject({
    promotion: { code: 'WELCOME10' },
    discount: { amount: 100 },
    total: { amount: 1900 },
  })
  cart.ordersDown(true)
  const view = await show(guest)
  cart.ordersDown(false)
  expect(view.total.amount).toBe(2000)
  expect(view.notices[0]?.code).toBe('promotion_invalid')
  const removed = await cart.call('DELETE', '/api/cart/promotion', { as: guest })
  expect(removed.body.data.promotion).toBeUndefined()
})

test('checkout reads a cart by assertion only', async () => {
  const sku = cart.sell()
  const { 'x-cart-id': id } = await cart.guest(sku, 2)
  const path = `/internal/cart/carts/${id}`
  expect((await cart.call('GET', path)).status).toBe(401)
  expect((await cart.call('GET', path, { as: { 'x-service': 'catalog' } })).status).toBe(403)
  const reply = await cart.call('GET', path, { as: { 'x-service': 'orders' } })
  expect(reply.body.data).toEqual({ id, version: 1, lines: [{ sku, quantity: 2 }] })
})

async function confirmed(
  cartId: string,
  cartVersion: number,
  lines: { sku: string; quantity: number }[],
  eventId: string,
) {
  const handler = createEventHandlers(cart.service)['order.confirmed']
  const total = { amount: 1, currency: 'EUR' as const }
  const data = {
    cartId,
    cartVersion,
    orderId: 'ord_1',
    number: 'V-1',
    email: 'a@example.com',
    total,
    shippingName: 'A',
    lines: lines.map((line) => ({ ...line, title: 'T', options: {}, total })),
  }
  const event = { id: eventId, type: 'order.confirmed' as const, version: 1 as const, occurredAt: '', data }
  return redisInbox(cart.carts).once(eventId, async (session) => handler?.(event, session))
}

test('a confirmed order empties the cart it was made of', async () => {
  const sku = cart.sell()
  const guest = await cart.guest(sku, 2)
  await confirmed(guest['x-cart-id'], 1, [{ sku, quantity: 2 }], 'evt_1')
  expect(await show(guest)).toMatchObject({ version: 2, lines: [] })
})

test('a cart edited after checkout loses only what was bought, once', async () => {
  const [bought, later] = [cart.sell(), cart.sell()]
  const guest = await cart.guest(bought, 2)
  await add(later, 1, guest)
  await add(bought, 1, guest)
  expect(await confirmed(guest['x-cart-id'], 1, [{ sku: bought, quantity: 2 }], 'evt_2')).toBe(true)
  expect(await confirmed(guest['x-cart-id'], 1, [{ sku: bought, quantity: 2 }], 'evt_2')).toBe(false)
  expect((await show(guest)).lines).toMatchObject([
    { sku: bought, quantity: 1 },
    { sku: later, quantity: 1 },
  ])
})

test('emptying keeps the cart', async () => {
  const guest = await cart.guest(cart.sell())
  expect((await cart.call('DELETE', '/api/cart', { as: guest })).body.data).toMatchObject({ version: 2, lines: [] })
  expect((await show(guest)).id).toBe(guest['x-cart-id'])
})

test('the cart of a deleted account is gone, also when that is told twice; others stay', async () => {
  const sku = cart.sell()
  const [gone, other] = [newId('usr'), newId('usr')]
  await add(sku, 1, { 'x-identity': `customer:${gone}` })
  await add(sku, 1, { 'x-identity': `customer:${other}` })
  const handler = createEventHandlers(cart.service)['user.deleted']
  const data = { userId: gone, email: 'gone@example.com' }
  const event = { id: 'evt_gone', type: 'user.deleted' as const, version: 1 as const, occurredAt: '', data }
  const tell = () => redisInbox(cart.carts).once(event.id, async (session) => handler?.(event, session))
  await tell()
  await tell()
  expect(await cart.carts.find(gone)).toBeNull()
  expect(await cart.carts.find(other)).not.toBeNull()
})

test('auth alone reads what is kept of somebody’s cart, for the one who asks', async () => {
  const sku = cart.sell()
  await add(sku, 2, { 'x-identity': 'customer:usr_asks' })
  const path = (id: string) => `/internal/cart/people/${id}?email=asks@example.com`
  expect((await cart.call('GET', path('usr_asks'), { as: { 'x-service': 'orders' } })).status).toBe(403)
  const kept = async (id: string) => (await cart.call('GET', path(id), { as: { 'x-service': 'auth' } })).body.data.items
  expect(await kept('usr_asks')).toMatchObject([{ lines: [{ sku, quantity: 2 }], promotionCode: null }])
  expect(await kept('usr_none')).toEqual([])
})
