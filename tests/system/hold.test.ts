import { expect, test } from 'bun:test'
import { cartWith, checkout, orderOf, pay } from './buyer.ts'
import { call, tokenOf, until } from './edge.client.ts'
import { productWithStock, stockOf } from './stock.ts'

/**
 * Only where carts hold stock: start a shop of its own, then run this file against it.
 *   STOCK_HOLD=cart STOCK_HOLD_MINUTES=0.5 VITRINE_STATE=/tmp/held npm start -- --detach --port 8090
 *   STOCK_HOLD=cart STOCK_HOLD_MINUTES=0.5 VITRINE_STATE=/tmp/held bun test --timeout 120000 ./tests/system/hold.test.ts
 */
const heldTest = test.skipIf(process.env.STOCK_HOLD !== 'cart')
const holdMs = Number(process.env.STOCK_HOLD_MINUTES ?? 15) * 60_000
const shortHoldTest = test.skipIf(process.env.STOCK_HOLD !== 'cart' || holdMs > 60_000)
/** The catalog looks for holds that are over twice a minute. */
const SWEEP_SECONDS = 40

const add = (sku: string, quantity: number, cartId = '') =>
  call('/api/cart/lines', { method: 'POST', body: { sku, quantity }, headers: cartId ? { 'x-cart-id': cartId } : {} })

const levelOf = async (sku: string) => {
  const { onHand, reserved, available } = await stockOf(sku)
  return { onHand, reserved, available }
}

heldTest('the last pieces belong to the cart that has them, until it puts them back', async () => {
  const { sku } = await productWithStock(2)
  const cartId = await cartWith([{ sku, quantity: 2 }])
  expect(await levelOf(sku)).toEqual({ onHand: 2, reserved: 2, available: 0 })
  const mine = (await call('/api/cart', { headers: { 'x-cart-id': cartId } })).data
  expect(mine.lines[0]).toMatchObject({ quantity: 2, available: 2, notices: [] })
  expect(Math.abs(Date.parse(mine.heldUntil) - Date.now() - holdMs)).toBeLessThan(10_000)
  const refused = await add(sku, 1)
  expect(refused.status).toBe(409)
  expect(refused.error).toMatchObject({ code: 'out_of_stock', details: { available: 0 } })
  const headers = { 'x-cart-id': cartId }
  const fewer = await call(`/api/cart/lines/${sku}`, { method: 'PATCH', body: { quantity: 1 }, headers })
  expect(fewer.status).toBe(200)
  expect((await add(sku, 1)).status).toBe(200)
  expect((await add(sku, 1, cartId)).error).toMatchObject({ code: 'out_of_stock', details: { available: 1 } })
  await call(`/api/cart/lines/${sku}`, { method: 'DELETE', headers })
  expect(await levelOf(sku)).toEqual({ onHand: 2, reserved: 1, available: 1 })
})

heldTest('of thirty guests who want the last five, exactly five have one', async () => {
  const { sku } = await productWithStock(5)
  const replies = await Promise.all(Array.from({ length: 30 }, () => add(sku, 1)))
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(5)
  expect(new Set(replies.flatMap(({ error }) => error?.code ?? []))).toEqual(new Set(['out_of_stock']))
  expect(await levelOf(sku)).toEqual({ onHand: 5, reserved: 5, available: 0 })
})

heldTest('a checkout takes over what its cart holds, and sells it once', async () => {
  const { sku } = await productWithStock(1)
  const cartId = await cartWith([{ sku, quantity: 1 }])
  const reply = await checkout(cartId, 'held@vitrine.test')
  expect(reply.status).toBe(201)
  expect(await levelOf(sku)).toEqual({ onHand: 1, reserved: 1, available: 0 })
  expect((await add(sku, 1)).error.code).toBe('out_of_stock')
  const { order, accessToken, payment } = reply.data
  expect((await pay(payment.intentId)).status).toBe(200)
  await until('the order is confirmed', async () => {
    const { data } = await orderOf({ orderId: order.id, accessToken })
    return data?.status === 'confirmed'
  })
  await until('the piece is sold', async () => (await levelOf(sku)).reserved === 0)
  expect(await levelOf(sku)).toEqual({ onHand: 0, reserved: 0, available: 0 })
  const token = await tokenOf('admin')
  const { items } = (await call(`/api/catalog/inventory/${sku}/movements`, { token })).data
  expect(items.map(({ type, quantity }: { type: string; quantity: number }) => [type, quantity])).toEqual([
    ['OUT', 1],
    ['IN', 1],
  ])
  await until('the cart is empty', async () => {
    const { data } = await call('/api/cart', { headers: { 'x-cart-id': cartId } })
    return data?.lines.length === 0
  })
  expect(await levelOf(sku)).toEqual({ onHand: 0, reserved: 0, available: 0 })
})

shortHoldTest('what a forgotten cart held can be bought by another, though the cart still lists it', async () => {
  const { sku } = await productWithStock(1)
  const forgotten = await cartWith([{ sku, quantity: 1 }])
  expect((await add(sku, 1)).error.code).toBe('out_of_stock')
  await until('the hold ends', async () => (await levelOf(sku)).available === 1, holdMs / 1000 + SWEEP_SECONDS)
  const other = await cartWith([{ sku, quantity: 1 }])
  expect((await checkout(other, 'other@vitrine.test')).status).toBe(201)
  const left = (await call('/api/cart', { headers: { 'x-cart-id': forgotten } })).data
  expect(left.lines[0]).toMatchObject({ quantity: 1, available: 0, notices: [{ code: 'out_of_stock', sku }] })
  expect(left).not.toHaveProperty('heldUntil')
  expect((await checkout(forgotten, 'forgotten@vitrine.test')).error.code).toBe('out_of_stock')
})
