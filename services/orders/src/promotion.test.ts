import { afterAll, beforeAll, expect, test } from 'bun:test'
import { startShop } from './shop.testing.ts'

let shop: Awaited<ReturnType<typeof startShop>>
beforeAll(async () => {
  shop = await startShop('promo')
}, 30_000)
afterAll(() => shop.stop())

const admin = { 'x-identity': 'admin' }
const euro = (amount: number) => ({ amount, currency: 'EUR' as const })

const create = async (body: object) => shop.call('POST', '/api/orders/promotions', body, admin)

/** A checkout of a cart of its own; 10 % of 20 euro are taken off. */
function checkoutWith(code: string, email: string, key: string) {
  const { input } = shop.fill()
  return shop.checkout({ ...input, email, promotionCode: code, expectedTotal: euro(2290) }, key)
}

test('of twelve parallel checkouts with a code for five, exactly five get it', async () => {
  await create({ code: 'FIVE', type: 'percent', value: 10, usageLimit: 5 })
  const replies = await Promise.all(
    Array.from({ length: 12 }, (_, index) => checkoutWith('FIVE', `five${index}@example.com`, `five-${index}`)),
  )
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(5)
  for (const { body } of replies.filter(({ status }) => status !== 201)) {
    expect(body.error).toMatchObject({ code: 'promotion_invalid', details: { reason: 'This code has been used up.' } })
  }
  const { items } = (await shop.call('GET', '/api/orders/promotions', undefined, admin)).body.data
  expect(items.find(({ code }: { code: string }) => code === 'FIVE').usedCount).toBe(5)
}, 30_000)

test('one customer with six tabs and six baskets uses a code once', async () => {
  await create({ code: 'ONCE', type: 'percent', value: 10, perCustomer: 1 })
  const replies = await Promise.all(
    Array.from({ length: 6 }, (_, index) => checkoutWith('ONCE', 'One@example.com', `once-${index}`)),
  )
  expect(replies.filter(({ status }) => status === 201)).toHaveLength(1)
  expect((await checkoutWith('ONCE', 'two@example.com', 'once-two')).status).toBe(201)
}, 30_000)

test('going back from payment does not use a code up: the basket’s own open order is not counted', async () => {
  await create({ code: 'BACK', type: 'percent', value: 10, usageLimit: 1, perCustomer: 1 })
  const { input } = shop.fill()
  const body = { ...input, promotionCode: 'BACK', expectedTotal: euro(2290) }
  expect((await shop.checkout(body, 'back-1')).status).toBe(201)
  const quote = await shop.call('POST', '/api/orders/quote', { cartId: input.cartId, promotionCode: 'BACK' })
  expect(quote.body.data.promotionProblem).toBeUndefined()
  expect((await shop.checkout(body, 'back-2')).status).toBe(201)
  const stranger = shop.fill()
  const other = await shop.call('POST', '/api/orders/quote', { cartId: stranger.cartId, promotionCode: 'BACK' })
  expect(other.body.data).toMatchObject({ promotionProblem: 'This code has been used up.', discount: euro(0) })
})

test('an order that ends gives its use back', async () => {
  await create({ code: 'AGAIN', type: 'percent', value: 10, usageLimit: 1 })
  const first = await checkoutWith('AGAIN', 'again@example.com', 'again-1')
  expect((await checkoutWith('AGAIN', 'next@example.com', 'again-2')).status).toBe(409)
  const token = { 'x-order-token': first.body.data.accessToken }
  await shop.call('POST', `/api/orders/${first.body.data.order.id}/cancel`, {}, token)
  expect((await checkoutWith('AGAIN', 'next@example.com', 'again-3')).status).toBe(201)
})

test('a promotion is created, read, changed, ended and removed; limits can be taken away', async () => {
  const made = await create({ code: 'spring', type: 'fixed', value: 500, usageLimit: 3, minimum: euro(2000) })
  expect(made).toMatchObject({ status: 201, body: { data: { code: 'SPRING', usedCount: 0 } } })
  const path = `/api/orders/promotions/${made.body.data.id}`
  const patch = (body: object) => shop.call('PATCH', path, body, admin)
  expect((await patch({ usageLimit: null, minimum: null })).body.data.usageLimit).toBeUndefined()
  await patch({ endsAt: shop.clock.now().toISOString() })
  expect((await shop.call('GET', path, undefined, admin)).body.data.minimum).toBeUndefined()
  const { input } = shop.fill()
  const quote = await shop.call('POST', '/api/orders/quote', { cartId: input.cartId, promotionCode: 'SPRING' })
  expect(quote.body.data.promotionProblem).toBe('This code has ended.')
  expect((await create({ code: 'SPRING', type: 'fixed', value: 1 })).status).toBe(409)
  expect((await shop.call('DELETE', path, undefined, admin)).status).toBe(204)
  expect((await shop.call('GET', path, undefined, admin)).status).toBe(404)
})

test('what makes no sense is refused by its field, and without a code one is made up', async () => {
  for (const [body, field] of [
    [{ code: 'X1', type: 'percent', value: 101 }, 'value'],
    [{ code: 'X2', type: 'buy_x_get_y' }, 'value'],
    [{ code: 'NOT VALID', type: 'free_shipping' }, 'code'],
    [
      { code: 'X3', type: 'fixed', value: 1, startsAt: '2026-06-02T00:00:00Z', endsAt: '2026-06-01T00:00:00Z' },
      'endsAt',
    ],
  ] as const) {
    const reply = await create(body)
    expect([reply.status, Object.keys(reply.body.error.details.fields)]).toEqual([400, [field]])
  }
  expect((await create({ type: 'free_shipping' })).body.data.code).toMatch(/^[A-Z0-9]{8}$/)
})

test('the quote follows the country: its delivery, its tax, and what is missing for free delivery', async () => {
  const { cartId } = shop.fill(2, 10, 1000)
  const quote = async (country: string, rest = {}) =>
    (await shop.call('POST', '/api/orders/quote', { cartId, shippingAddress: { country }, ...rest })).body.data
  expect(await quote('DE')).toMatchObject({ country: 'DE', shipping: euro(490), freeShippingFrom: euro(5000) })
  expect(await quote('FR')).toMatchObject({ shipping: euro(690), tax: euro(333 + 115) })
  expect(await quote('CH')).toMatchObject({ shipping: euro(1290) })
  expect(await quote('US')).toMatchObject({ shipping: euro(1990), tax: euro(0) })
  const rich = shop.fill(6, 10, 1000)
  const free = await shop.call('POST', '/api/orders/quote', { cartId: rich.cartId })
  expect(free.body.data).toMatchObject({ shipping: euro(0), total: euro(6000) })
  expect((await shop.checkout({ ...rich.input, expectedTotal: euro(6000) }, 'free')).status).toBe(201)
})

test('staff change zones and tax; a change made from an old version is a conflict', async () => {
  const { body } = await shop.call('GET', '/api/orders/rates', undefined, admin)
  const [home, ...others] = body.data.zones
  const methods = [{ ...home.methods[0], tiers: [{ from: 0, price: 300 }] }]
  const changed = {
    ...body.data,
    zones: [{ ...home, methods }, ...others],
    taxIncluded: false,
    taxPermille: { DE: 100 },
  }
  expect((await shop.call('PUT', '/api/orders/rates', changed, admin)).body.data.version).toBe(1)
  expect((await shop.call('PUT', '/api/orders/rates', changed, admin)).body.error.code).toBe('version_conflict')
  expect((await shop.call('PUT', '/api/orders/rates', changed, { 'x-identity': 'order-manager' })).status).toBe(403)
  const { cartId, input } = shop.fill()
  const quote = await shop.call('POST', '/api/orders/quote', { cartId })
  expect(quote.body.data).toMatchObject({ shipping: euro(300), tax: euro(230), taxIncluded: false, total: euro(2530) })
  const refused = await shop.checkout({ ...input, shippingMethod: 'express', expectedTotal: euro(2530) }, 'not here')
  expect(refused).toMatchObject({
    status: 400,
    body: { error: { details: { fields: { shippingMethod: expect.anything() } } } },
  })
  await shop.call('PUT', '/api/orders/rates', { ...body.data, version: 1 }, admin)
})
