import { expect, test } from 'bun:test'
import { MongoClient } from 'mongodb'
import { orderOf, pay, place } from '../system/buyer.ts'
import { state, until } from '../system/edge.client.ts'
import { productWithStock } from '../system/stock.ts'
import { runChaos } from './chaos.run.ts'
import { violationsOf } from './invariants.rules.ts'
import { COMMON_FAULTS } from './plan.rules.ts'
import { createReader } from './reader.ts'

test('shoppers and faults together break no invariant of the checkout', async () => {
  const seed = Math.floor(Math.random() * 1_000_000)
  const size = { checkouts: 24, faults: 6, parallel: 4, limitMs: 20_000, quietMs: 40_000 }
  const report = await runChaos({ ...size, seed, kinds: COMMON_FAULTS })
  const shown = { seed, violations: report.violations }
  expect(shown).toEqual({ seed, violations: [] })
  expect(report.samples).toBeGreaterThan(5)
}, 90_000)

test('the checker sees a build that reserves twice and one that forgets the money, in the stores themselves', async () => {
  const { sku } = await productWithStock(5)
  const prefix = `chaos-sabotage-${sku.toLowerCase()}-`
  const placed = await place([{ sku, quantity: 1 }], `${prefix}1@vitrine.test`)
  await pay(placed.intentId)
  await until('the order is confirmed', async () => (await orderOf(placed)).data.status === 'confirmed')
  const reader = await createReader({ initial: { [sku]: 5 }, unitPrice: 1500, prefix })
  const brokenNow = async () => {
    const found = violationsOf(
      await reader.snapshot({ acknowledged: [], carts: [], impossibleSamples: [], earlyReleases: [] }),
    )
    return [...new Set(found.map(({ invariant }) => invariant))]
  }
  await until('the shop is at rest', async () => (await brokenNow()).length === 0)
  const client = await new MongoClient(state().mongo).connect()
  await client
    .db('catalog')
    .collection<{ _id: string }>('stock')
    .updateOne({ _id: sku }, { $inc: { reserved: 1, available: -1 } })
  expect(await brokenNow()).toEqual(['I2'])
  const orders = client.db('orders').collection<{ _id: string }>('orders')
  await orders.updateOne({ _id: placed.orderId }, { $set: { status: 'expired' } })
  expect(await brokenNow()).toEqual(['I2', 'I5'])
  await orders.updateOne({ _id: placed.orderId }, { $set: { status: 'confirmed' } })
  await client.close()
  await reader.close()
}, 60_000)
