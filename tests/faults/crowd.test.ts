import { expect, test } from 'bun:test'
import { createReader } from '../chaos/reader.ts'
import { startSampler } from '../chaos/sampler.ts'
import { checkout, orderOf, pay } from '../system/buyer.ts'
import { call, until } from '../system/edge.client.ts'
import { productWithStock, stockOf } from '../system/stock.ts'

interface Placed {
  order: { id: string }
  accessToken: string
  payment: { intentId: string }
}

const isFinal = ({ status, headers }: { status: number; headers: Headers }) =>
  status < 500 && !(status === 409 && headers.has('retry-after'))

/** Asks again, with what it asked before, until it is answered. */
async function untilAnswered<T>(attempt: () => Promise<T | null>): Promise<T> {
  for (;;) {
    const answer = await attempt().catch(() => null)
    if (answer !== null) return answer
    await Bun.sleep(250)
  }
}

/** A basket, or the code of its refusal. */
const fillCart = (sku: string) =>
  untilAnswered<{ cartId: string } | string>(async () => {
    const reply = await call('/api/cart/lines', { method: 'POST', body: { sku, quantity: 1 } })
    if (reply.status < 300) return { cartId: reply.headers.get('x-cart-id') ?? String(reply.data.id) }
    return isFinal(reply) ? reply.error.code : null
  })

/** Places one order; a refusal is its code. */
async function tryToBuy(sku: string, email: string): Promise<Placed | string> {
  const key = crypto.randomUUID()
  const cart = await fillCart(sku)
  if (typeof cart === 'string') return cart
  return untilAnswered(async () => {
    const reply = await checkout(cart.cartId, email, key)
    if (reply.status === 201) return reply.data as unknown as Placed
    return isFinal(reply) ? reply.error.code : null
  })
}

test('500 buyers for 100 pieces: exactly 100 paid, 400 cleanly sold out, and at no moment less than nothing', async () => {
  const { sku } = await productWithStock(100)
  const reader = await createReader({ initial: { [sku]: 100 }, unitPrice: 1500, prefix: 'crowd-' })
  const sampler = startSampler(reader, 100)
  const attempts = await Promise.all(Array.from({ length: 500 }, (_, n) => tryToBuy(sku, `crowd-${n}@vitrine.test`)))
  const placed = attempts.filter((attempt): attempt is Placed => typeof attempt !== 'string')
  expect(placed).toHaveLength(100)
  expect(new Set(attempts.filter((attempt) => typeof attempt === 'string'))).toEqual(new Set(['out_of_stock']))
  for (const { payment } of placed) expect((await pay(payment.intentId)).status).toBe(200)
  for (const { order, accessToken } of placed) {
    const one = { orderId: order.id, accessToken }
    await until('the order is confirmed', async () => (await orderOf(one)).data?.status === 'confirmed', 60)
  }
  await until('all are sold', async () => (await stockOf(sku))?.onHand === 0)
  await sampler.stop()
  await reader.close()
  expect(sampler.impossible()).toEqual([])
}, 300_000)
