import { createRandom } from './random.rules.ts'

/** What a shopper does once the order is placed. */
export const HABITS = [
  'pays',
  'pays_twice',
  'is_declined_then_pays',
  'gives_up_declined',
  'abandons',
  'abandons_challenge',
  'cancels',
  'cancels_while_paying',
  'pays_and_is_refunded',
  'submits_twice',
] as const
export type Habit = (typeof HABITS)[number]

export interface ShopperPlan {
  name: string
  startsAtMs: number
  habit: Habit
  /** Which products, by their place in the run, and how many of each. */
  lines: { product: number; quantity: number }[]
}

export const FAULTS = [
  'kill',
  'pause',
  'kill_mongo',
  'kill_redis',
  'webhooks_dropped',
  'webhooks_repeated',
  'webhooks_late',
  'webhooks_shuffled',
  'webhooks_forged',
  'stripe_reply_lost',
  'stripe_fails_after_work',
  'stripe_refuses',
  'stripe_slow',
] as const
export type Fault = (typeof FAULTS)[number]

export interface FaultPlan {
  atMs: number
  fault: Fault
  /** The service that is killed or paused. */
  target: string
  /** How long it lasts, where it lasts. */
  forMs: number
}

export interface Plan {
  seed: number
  products: { onHand: number }[]
  shoppers: ShopperPlan[]
  faults: FaultPlan[]
}

export interface PlanSize {
  checkouts: number
  faults: number
  /** Over how long shoppers come and faults happen. */
  spanMs: number
}

const VICTIMS = ['orders', 'payment', 'catalog', 'cart', 'notifications', 'stripe-sandbox'] as const

const WEIGHTS: [number, Habit][] = [
  [8, 'pays'],
  [2, 'pays_twice'],
  [2, 'is_declined_then_pays'],
  [1, 'gives_up_declined'],
  [1, 'abandons'],
  [1, 'abandons_challenge'],
  [1, 'cancels'],
  [2, 'cancels_while_paying'],
  [2, 'pays_and_is_refunded'],
  [1, 'submits_twice'],
]

/** Everything that will happen, from the seed alone; the same seed plans the same run. */
export function planOf(seed: number, { checkouts, faults, spanMs }: PlanSize): Plan {
  const random = createRandom(seed)
  const count = Math.max(2, Math.ceil(checkouts / 20))
  // About as many pieces as are asked for: some products sell out, as they should.
  const products = Array.from({ length: count }, () => ({ onHand: random.between(8, 24) }))
  const shoppers = Array.from({ length: checkouts }, (_, index): ShopperPlan => {
    const first = random.below(count)
    const second = (first + 1) % count
    const lines = [{ product: first, quantity: random.between(1, 2) }]
    if (random.below(3) === 0) lines.push({ product: second, quantity: 1 })
    return {
      name: `${seed}-${index}`,
      startsAtMs: random.below(spanMs),
      habit: random.pick(WEIGHTS),
      // Opposite orders of the same products look for deadlocks.
      lines: random.below(2) === 0 ? lines : lines.reverse(),
    }
  })
  const everyKind = FAULTS.map((fault) => [1, fault] as const)
  const planned = Array.from({ length: faults }, (_, index): FaultPlan => {
    // The first round uses every kind once, as far as there is room; after that the seed chooses.
    const fault = FAULTS[index] ?? random.pick(everyKind)
    const target = VICTIMS[random.below(VICTIMS.length)] ?? 'orders'
    return { atMs: random.below(spanMs), fault, target, forMs: random.between(1000, 5000) }
  })
  return {
    seed,
    products,
    shoppers: shoppers.sort((a, b) => a.startsAtMs - b.startsAtMs),
    faults: planned.sort((a, b) => a.atMs - b.atMs),
  }
}
