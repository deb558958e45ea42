import { expect, test } from 'bun:test'
import { createReader } from '../chaos/reader.ts'
import { startSampler } from '../chaos/sampler.ts'
import { orderOf } from '../system/buyer.ts'
import { until } from '../system/edge.client.ts'
import { productWithStock, stockOf } from '../system/stock.ts'
import { buyOne, isPaid, type Throng } from './throng.ts'

/** A hundred sales and four hundred refusals are about a minute of work for two cores. */
const PATIENCE_MS = 240_000

test('500 buyers for 100 pieces: exactly 100 paid, 400 cleanly sold out, and at no moment less than nothing', async () => {
  const { sku } = await productWithStock(100)
  const reader = await createReader({ initial: { [sku]: 100 }, unitPrice: 1500, prefix: 'crowd-' })
  const sampler = startSampler(reader, 100)
  const throng: Throng = { sku, deadline: Date.now() + PATIENCE_MS, askedAgain: 0 }
  const outcomes = await Promise.all(
    Array.from({ length: 500 }, (_, index) => buyOne(throng, `crowd-${index}@vitrine.test`)),
  )
  const paid = outcomes.filter(isPaid)
  const refusals = outcomes.filter((outcome) => !isPaid(outcome))
  expect(new Set(refusals)).toEqual(new Set(['out_of_stock']))
  expect([paid.length, refusals.length]).toEqual([100, 400])
  for (const order of paid) {
    await until('the order is confirmed', async () => (await orderOf(order)).data?.status === 'confirmed', 60)
  }
  await until('all are sold', async () => (await stockOf(sku))?.onHand === 0)
  await sampler.stop()
  await reader.close()
  expect(sampler.count()).toBeGreaterThan(20)
  expect(sampler.impossible()).toEqual([])
  expect(sampler.early()).toEqual([])
}, 420_000)
