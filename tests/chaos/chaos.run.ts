import { productWithStock } from '../system/stock.ts'
import { createHistory } from './history.ts'
import { type Violation, violationsOf } from './invariants.rules.ts'
import { unleash } from './nemesis.ts'
import { type PlanSize, planOf } from './plan.rules.ts'
import { createReader, type Reader } from './reader.ts'
import { shop } from './shopper.ts'
import type { Snapshot } from './snapshot.ts'

export interface ChaosOptions extends PlanSize {
  seed: number
  /** How long the shop may take to put everything right once it is left alone. */
  quietMs: number
}

export interface ChaosReport {
  seed: number
  violations: Violation[]
  orders: Record<string, number>
  succeededPayments: number
  refunds: number
  mails: number
  samples: number
  faults: Record<string, number>
  gaveUp: number
  quietedAfterMs: number
  history: string
}

const UNIT_PRICE = 1500
const SAMPLE_MS = 500

/** Reads the stock again and again: a count below zero must not exist even for a moment. */
function watchStock(reader: Reader) {
  const impossible: string[] = []
  let samples = 0
  let isDone = false
  const running = (async () => {
    while (!isDone) {
      const rows = await reader.stockRows().catch(() => [])
      samples += rows.length > 0 ? 1 : 0
      for (const { _id, onHand, reserved, available, sold } of rows) {
        const counts = [onHand, reserved, available, sold]
        if (counts.some((count) => count < 0) || available !== onHand - reserved) impossible.push(`${_id}: ${counts}`)
      }
      await Bun.sleep(SAMPLE_MS)
    }
  })()
  return {
    impossible,
    count: () => samples,
    async stop() {
      isDone = true
      await running
    },
  }
}

/** Waits for the shop to come to rest; what is still wrong at the deadline is wrong. */
async function settled(take: () => Promise<Snapshot>, quietMs: number): Promise<Snapshot> {
  const deadline = Date.now() + quietMs
  for (;;) {
    const snapshot = await take().catch((error) => {
      if (Date.now() > deadline) throw error
      return null
    })
    const isMoving = snapshot?.orders.some(({ status }) => status === 'expiring' || status === 'cancelling')
    if (snapshot && ((!isMoving && violationsOf(snapshot).length === 0) || Date.now() > deadline)) return snapshot
    await Bun.sleep(1000)
  }
}

function countBy(values: string[]): Record<string, number> {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return Object.fromEntries(counts)
}

/** Shoppers and faults from one seed against the mesh that runs, then the invariants straight from its stores. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const plan = planOf(options.seed, options)
  const history = createHistory()
  const products = []
  for (const { onHand } of plan.products) products.push({ ...(await productWithStock(onHand)), onHand })
  const skus = products.map(({ sku }) => sku)
  const initial = Object.fromEntries(products.map(({ sku, onHand }) => [sku, onHand]))
  const reader = await createReader({ initial, unitPrice: UNIT_PRICE, prefix: `chaos-${options.seed}-` })
  const watch = watchStock(reader)
  const deadline = Date.now() + options.spanMs + options.quietMs
  const journeys = plan.shoppers.map(async (shopper) => {
    await Bun.sleep(shopper.startsAtMs)
    await shop({ plan: shopper, skus, history, deadline })
  })
  await Promise.all([unleash(plan.faults, history), ...journeys])
  const quietFrom = Date.now()
  const snapshot = await settled(() => reader.snapshot(history.acknowledged(), watch.impossible), options.quietMs)
  await watch.stop()
  await reader.close()
  return {
    seed: options.seed,
    violations: violationsOf(snapshot),
    orders: countBy(snapshot.orders.map(({ status }) => status)),
    succeededPayments: snapshot.intents.filter(({ status }) => status === 'succeeded').length,
    refunds: snapshot.refunds.length,
    mails: snapshot.mails.length,
    samples: watch.count(),
    faults: history.faults(),
    gaveUp: history.gaveUp(),
    quietedAfterMs: Date.now() - quietFrom,
    history: history.text(),
  }
}
