import { expect, test } from 'bun:test'
import { createReader } from '../chaos/reader.ts'
import { startSampler } from '../chaos/sampler.ts'
import { cartWith, checkout, orderOf, pay } from '../system/buyer.ts'
import { call, until } from '../system/edge.client.ts'
import { productWithStock, stockOf } from '../system/stock.ts'

interface Placed {
  order: { id: string }
  accessToken: string
  payment: { intentId: string }
}

/** Places one order; a refusal is its code. Whoever is told to wait asks again, with the same key. */
async function tryToBuy(sku: string, email: string): Promise<Placed | string> {
  const key = crypto.randomUUID()
  for (;;) {
    try {
      const reply = await checkout(await cartWith([{ sku, quantity: 1 }]), email, key)
      if (reply.status === 201) return reply.data as unknown as Placed
      if (reply.status < 500 && !reply.headers.has('retry-after')) return reply.error.code
    } catch (error) {
      const { reply } = error as { reply?: { status: number; error: { code: string } } }
      if (reply && reply.status < 500) return reply.error.code
    }
    await Bun.sleep(250)
  }
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
  expect((await call(`/api/catalog/health`)).status).toBe(200)
}, 300_000)
