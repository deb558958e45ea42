import { productWithStock } from '../system/stock.ts'
import { createHistory, type History } from './history.ts'
import { type Violation, violationsOf } from './invariants.rules.ts'
import { createNemesis, type Wires } from './nemesis.ts'
import { type Plan, type PlanSize, planOf } from './plan.rules.ts'
import { createReader, type Told } from './reader.ts'
import { startSampler } from './sampler.ts'
import { shop } from './shopper.ts'
import type { Snapshot } from './snapshot.ts'

export interface ChaosOptions extends PlanSize {
  seed: number
  /** How many shoppers are in the shop at once. */
  parallel: number
  /** How long shoppers may keep coming; who has not begun by then stays away. */
  limitMs: number
  /** How long the shop may take to put everything right once it is left alone. */
  quietMs: number
  /** Waits the whole quiet time, also when everything seems right before. */
  isPatient?: boolean
  sampleMs?: number
  wires?: Wires
  say?: (line: string) => void
}

export interface ChaosReport {
  seed: number
  begun: number
  violations: Violation[]
  orders: Record<string, number>
  outcomes: Record<string, number>
  succeededPayments: number
  refunds: number
  mails: number
  carts: number
  samples: number
  faults: Record<string, number>
  tookMs: number
  quietedAfterMs: number
  history: string
}

const UNIT_PRICE = 1500
const SAMPLE_MS = 500
const PROGRESS_MS = 10_000
const PRODUCTS_AT_ONCE = 4

/** Waits for the shop to come to rest; what is still wrong at the deadline is wrong. */
async function settled(take: () => Promise<Snapshot>, { quietMs, isPatient }: ChaosOptions): Promise<Snapshot> {
  const deadline = Date.now() + quietMs
  if (isPatient) await Bun.sleep(quietMs)
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

/** `count` workers take one piece of work after the other. */
async function inParallel<T>(count: number, work: T[], run: (piece: T) => Promise<void>): Promise<void> {
  const waiting = work.values()
  const worker = async () => {
    for (const piece of waiting) await run(piece)
  }
  await Promise.all(Array.from({ length: Math.min(count, work.length) }, worker))
}

async function stockUp(plan: Plan): Promise<{ sku: string; onHand: number }[]> {
  const products: { sku: string; onHand: number }[] = []
  const places = plan.products.map(({ onHand }, index) => ({ onHand, index }))
  await inParallel(PRODUCTS_AT_ONCE, places, async ({ onHand, index }) => {
    products[index] = { sku: (await productWithStock(onHand)).sku, onHand }
  })
  return products
}

/** Lets the shoppers in, and the nemesis at the shop. Returns how many shoppers came. */
async function open(plan: Plan, skus: string[], history: History, options: ChaosOptions): Promise<number> {
  const { parallel, limitMs, quietMs, wires = {}, say } = options
  const startedAt = Date.now()
  const closesAt = startedAt + limitMs
  const nemesis = createNemesis(plan.faults, history, wires)
  let begun = 0
  let under = 0
  const tell = () => {
    const seconds = String(Math.round((Date.now() - startedAt) / 1000)).padStart(5)
    const faults = Object.values(history.faults()).reduce((sum, count) => sum + count, 0)
    const placed = history.acknowledged().length
    say?.(
      `${seconds} s  ${begun}/${plan.shoppers.length} checkouts begun, ${under} under way, ${placed} orders, ${faults} faults`,
    )
  }
  const progress = setInterval(tell, PROGRESS_MS)
  await inParallel(parallel, plan.shoppers, async (shopper) => {
    if (Date.now() > closesAt) return
    begun += 1
    under += 1
    nemesis.onBegun(begun)
    await shop({ plan: shopper, skus, history, deadline: closesAt + quietMs })
    under -= 1
  })
  await nemesis.end()
  clearInterval(progress)
  tell()
  return begun
}

/** Shoppers and faults from one seed against the mesh that runs, then the invariants straight from its stores. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const plan = planOf(options.seed, options)
  const history = createHistory()
  const products = await stockUp(plan)
  const skus = products.map(({ sku }) => sku)
  const initial = Object.fromEntries(products.map(({ sku, onHand }) => [sku, onHand]))
  const reader = await createReader({ initial, unitPrice: UNIT_PRICE, prefix: `chaos-${options.seed}-` })
  const sampler = startSampler(reader, options.sampleMs ?? SAMPLE_MS)
  const startedAt = Date.now()
  const begun = await open(plan, skus, history, options)
  const quietFrom = Date.now()
  options.say?.(`The shop is left alone for up to ${options.quietMs / 1000} s, then looked at.`)
  const told = (): Told => ({
    acknowledged: history.acknowledged(),
    carts: history.carts(),
    impossibleSamples: sampler.impossible(),
    earlyReleases: sampler.early(),
  })
  const snapshot = await settled(() => reader.snapshot(told()), options)
  await sampler.stop()
  await reader.close()
  return {
    seed: options.seed,
    begun,
    violations: violationsOf(snapshot),
    orders: countBy(snapshot.orders.map(({ status }) => status)),
    outcomes: history.outcomes(),
    succeededPayments: snapshot.intents.filter(({ status }) => status === 'succeeded').length,
    refunds: snapshot.refunds.length,
    mails: snapshot.mails.length,
    carts: snapshot.carts.length,
    samples: sampler.count(),
    faults: history.faults(),
    tookMs: quietFrom - startedAt,
    quietedAfterMs: Date.now() - quietFrom,
    history: history.text(),
  }
}
