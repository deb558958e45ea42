import { beforeAll, expect, test } from 'bun:test'
import type { CartHoldInput } from '@vitrine/contracts/reservations'
import { newId } from '@vitrine/kernel/ids'
import { kitchen, makeCatalog, productInput } from './catalog.testing.ts'

let catalog: Awaited<ReturnType<typeof makeCatalog>>
beforeAll(async () => {
  catalog = await makeCatalog()
  await catalog.call('POST', '/api/catalog/categories', { as: 'admin', body: kitchen })
}, 30_000)

const later = '2026-11-21T12:15:00.000Z'
let made = 0

async function openSku(onHand: number): Promise<string> {
  const sku = `HOLD-${++made}`
  const variants = [{ sku, options: {}, price: { amount: 100, currency: 'EUR' as const }, onHand }]
  const body = productInput({ title: `Held ${sku}`, options: [], variants })
  await catalog.call('POST', '/api/catalog/products', { as: 'admin', body })
  return sku
}

const levelOf = async (sku: string) => (await catalog.stores.stock.findMany([sku])).get(sku)
const hold = (cartId: string, version: number, sku: string, quantity: number, rest: Partial<CartHoldInput> = {}) =>
  catalog.call('PUT', `/internal/catalog/holds/${cartId}`, {
    service: 'cart',
    body: { version, lines: quantity ? [{ sku, quantity }] : [], strictSku: sku, expiresAt: later, ...rest },
  })
const reserve = (orderId: string, sku: string, quantity: number, cartId?: string) =>
  catalog.call('POST', '/internal/catalog/reservations', {
    service: 'orders',
    body: { orderId, lines: [{ sku, quantity }], expiresAt: later, ...(cartId ? { cartId } : {}) },
  })

test('of twenty carts that want the last five, exactly five hold one', async () => {
  const sku = await openSku(5)
  const replies = await Promise.all(Array.from({ length: 20 }, () => hold(newId('crt'), 1, sku, 1)))
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(5)
  expect(replies.filter(({ status }) => status === 409)).toHaveLength(15)
  expect(await levelOf(sku)).toMatchObject({ onHand: 5, reserved: 5, available: 0 })
}, 20_000)

test('a cart holds what it says last: more, fewer, nothing; a late old message changes nothing', async () => {
  const sku = await openSku(5)
  const cartId = newId('crt')
  await hold(cartId, 1, sku, 4)
  expect((await hold(cartId, 2, sku, 6)).body.error).toMatchObject({ code: 'out_of_stock', details: { available: 5 } })
  expect((await levelOf(sku))?.reserved).toBe(4)
  await hold(cartId, 3, sku, 2)
  expect((await levelOf(sku))?.reserved).toBe(2)
  expect((await hold(cartId, 2, sku, 5)).body.data.lines).toEqual([{ sku, quantity: 2 }])
  expect((await hold(cartId, 4, sku, 0)).body.data).toEqual({ cartId, lines: [], expiresAt: null })
  expect(await levelOf(sku)).toMatchObject({ reserved: 0, available: 5 })
})

test('its own hold counts as available to a cart, and to nobody else', async () => {
  const sku = await openSku(3)
  const cartId = newId('crt')
  await hold(cartId, 1, sku, 2)
  const seen = async (query: string) => {
    const { body } = await catalog.call('GET', `/internal/catalog/variants?skus=${sku}${query}`, { service: 'cart' })
    return [body.data.items[0].available, body.data.heldUntil]
  }
  expect(await seen(`&cartId=${cartId}`)).toEqual([3, later])
  expect(await seen('')).toEqual([1, undefined])
})

test('an order takes over what its cart held, in one step, though nothing is free', async () => {
  const sku = await openSku(2)
  const cartId = newId('crt')
  await hold(cartId, 1, sku, 2)
  expect((await reserve(newId('ord'), sku, 1)).status).toBe(409)
  const orderId = newId('ord')
  expect((await reserve(orderId, sku, 2, cartId)).body.data).toMatchObject({ status: 'active' })
  expect((await reserve(orderId, sku, 2, cartId)).status).toBe(200)
  expect(await levelOf(sku)).toMatchObject({ onHand: 2, reserved: 2, available: 0 })
  await catalog.stores.stock.commit(orderId, null, catalog.clock.now())
  expect(await levelOf(sku)).toMatchObject({ onHand: 0, reserved: 0, available: 0, sold: 2 })
})

test('an order that is refused leaves the hold with its cart', async () => {
  const sku = await openSku(2)
  const cartId = newId('crt')
  await hold(cartId, 1, sku, 1)
  expect((await reserve(newId('ord'), sku, 3, cartId)).status).toBe(409)
  expect(await levelOf(sku)).toMatchObject({ reserved: 1, available: 1 })
})

test('a cart that ends in another hands its hold over; the other lines hold what there is', async () => {
  const [one, two] = [await openSku(1), await openSku(1)]
  const [guest, own, stranger] = [newId('crt'), newId('usr'), newId('crt')]
  await hold(guest, 1, one, 1)
  await hold(stranger, 1, two, 1)
  const lines = [one, two].map((sku) => ({ sku, quantity: 1 }))
  const { body } = await catalog.call('PUT', `/internal/catalog/holds/${own}`, {
    service: 'cart',
    body: { version: 1, lines, from: guest, expiresAt: later },
  })
  expect(body.data.lines).toEqual([{ sku: one, quantity: 1 }])
  expect(await levelOf(one)).toMatchObject({ reserved: 1, available: 0 })
})

test('a hold ends by itself, and a cart that was touched meanwhile keeps it', async () => {
  const sku = await openSku(4)
  const [left, touched] = [newId('crt'), newId('crt')]
  await hold(left, 1, sku, 1, { expiresAt: '2026-11-21T12:05:00.000Z' })
  await hold(touched, 1, sku, 1, { expiresAt: '2026-11-21T12:05:00.000Z' })
  await hold(touched, 2, sku, 2, { expiresAt: '2026-11-21T12:20:00.000Z' })
  catalog.clock.advance(6 * 60_000)
  await catalog.inventory.sweep()
  expect(await levelOf(sku)).toMatchObject({ reserved: 2, available: 2 })
  catalog.clock.advance(20 * 60_000)
  await catalog.inventory.sweep()
  expect(await levelOf(sku)).toMatchObject({ reserved: 0, available: 4 })
})

test('only carts hold for carts', async () => {
  const sku = await openSku(1)
  const body = { version: 1, lines: [{ sku, quantity: 1 }], expiresAt: later }
  const path = '/internal/catalog/holds/crt_x'
  expect((await catalog.call('PUT', path, { body })).status).toBe(401)
  expect((await catalog.call('PUT', path, { service: 'orders', body })).status).toBe(403)
})
