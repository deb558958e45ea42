import { expect, test } from 'bun:test'
import { violationsOf } from '../chaos/invariants.rules.ts'
import { createReader } from '../chaos/reader.ts'
import { startSampler } from '../chaos/sampler.ts'
import { orderOf } from '../system/buyer.ts'
import { call, state, tokenOf, until } from '../system/edge.client.ts'
import { mesh } from '../system/mesh.command.ts'
import { productWithStock, stockOf } from '../system/stock.ts'
import { buyOne, isPaid, type Throng } from './throng.ts'

const BUYERS = 150
const PIECES = 20
const EVERY_MS = 200
/** What is killed when so many buyers have come: most while the pieces go, the rest while the others are refused. */
const KILLS: Record<number, string> = {
  4: 'catalog',
  9: 'orders',
  14: 'payment',
  20: 'mongo',
  30: 'redis',
  45: 'orders',
  60: 'catalog',
  80: 'mongo',
  100: 'payment',
  120: 'orders',
}

const pidOf = (service: string) => state().replicas.find((replica) => replica.service === service)?.pid ?? 0

/** Ends a process without a word, and waits for the one that follows it. */
async function kill(service: string): Promise<void> {
  const before = pidOf(service)
  await mesh('kill', service)
  await until(`${service} is started again`, async () => pidOf(service) !== before && pidOf(service) > 0)
}

/** What the ledger of a product adds up to, and how many entries are sales. */
async function ledgerOf(sku: string) {
  const reply = await call(`/api/catalog/inventory/${sku}/movements?limit=100`, { token: await tokenOf('admin') })
  const items: { type: string; quantity: number; reason: string }[] = reply.data.items
  const signed = items.map(({ type, quantity }) => (type === 'OUT' ? -quantity : quantity))
  return {
    left: signed.reduce((sum, one) => sum + one, 0),
    sales: items.filter(({ reason }) => reason.startsWith('Sold: ')).length,
  }
}

test('150 buyers for 20 pieces while services and stores are killed: 20 sold, each paid once, 130 cleanly out of stock', async () => {
  const { sku } = await productWithStock(PIECES)
  const prefix = `kills-${sku.toLowerCase()}-`
  const reader = await createReader({ initial: { [sku]: PIECES }, unitPrice: 1500, prefix })
  const sampler = startSampler(reader, 250)
  const throng: Throng = { sku, deadline: Date.now() + 180_000, askedAgain: 0 }
  const kills: Promise<void>[] = []
  const outcomes = await Promise.all(
    Array.from({ length: BUYERS }, async (_, index) => {
      await Bun.sleep(index * EVERY_MS)
      const victim = KILLS[index]
      if (victim) kills.push(kill(victim))
      return buyOne(throng, `${prefix}${index}@vitrine.test`)
    }),
  )
  await Promise.all(kills)

  const paid = outcomes.filter(isPaid)
  const refusals = outcomes.filter((outcome) => !isPaid(outcome))
  expect(new Set(refusals)).toEqual(new Set(['out_of_stock']))
  expect([paid.length, refusals.length]).toEqual([PIECES, BUYERS - PIECES])
  expect(new Set(paid.map(({ orderId }) => orderId)).size).toBe(PIECES)
  expect(throng.askedAgain).toBeGreaterThan(0)
  for (const order of paid) {
    await until('the order is confirmed', async () => (await orderOf(order)).data?.status === 'confirmed', 90)
  }

  const isAtRest = async () => (await stockOf(sku))?.reserved === 0
  await until('no piece is held any more', isAtRest, 60)
  expect(await stockOf(sku)).toMatchObject({ onHand: 0, reserved: 0, available: 0, sold: PIECES })
  expect(await ledgerOf(sku)).toEqual({ left: 0, sales: PIECES })
  const told = {
    acknowledged: paid,
    carts: [],
    impossibleSamples: sampler.impossible(),
    earlyReleases: sampler.early(),
  }
  const snapshot = () => reader.snapshot(told)
  await until('every mail is stored', async () => (await snapshot()).mails.length >= PIECES, 60)
  const settled = await snapshot()
  await sampler.stop()
  await reader.close()
  expect(violationsOf(settled)).toEqual([])
  const succeeded = settled.intents.filter(({ status }) => status === 'succeeded')
  const money = (rows: { orderId: string | null; amount: number }[]) =>
    rows.map(({ orderId, amount }) => `${orderId} ${amount}`).sort()
  expect(money(succeeded.map(({ orderId, received }) => ({ orderId, amount: received })))).toEqual(money(paid))
  const confirmed = settled.orders.filter(({ status }) => status === 'confirmed')
  expect(money(confirmed.map(({ id, total }) => ({ orderId: id, amount: total })))).toEqual(money(paid))
  expect(settled.reservations.filter(({ status }) => status === 'active')).toEqual([])
}, 420_000)
