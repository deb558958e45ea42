import { createRandom, type Random } from './random.rules.ts'

/** What a shopper does once the basket is full. */
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
  'leaves_basket',
] as const
export type Habit = (typeof HABITS)[number]

export interface ShopperPlan {
  name: string
  habit: Habit
  /** Which products, by their place in the run, and how many of each. */
  lines: { product: number; quantity: number }[]
}

const WIRE = ['refuse', 'latency', 'reset', 'reset_after', 'drop_reply', 'black_hole', 'drip'] as const

/** What any mesh can suffer. */
export const COMMON_FAULTS = [
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
/** What needs a mesh in test mode with fault proxies in its wires. */
export const FAULTS = [...COMMON_FAULTS, ...WIRE.map((kind) => `wire_${kind}` as const), 'failpoint'] as const
export type Fault = (typeof FAULTS)[number]

/** The wires that a fault proxy stands in, and what a connection sends that is meant. */
export const LINKS = {
  'orders→catalog': { proxy: 'mesh', match: '/internal/catalog/reservations' },
  'services→catalog': { proxy: 'mesh', match: '/internal/catalog/variants' },
  'orders→payment': { proxy: 'mesh', match: '/internal/payments/' },
  'orders→cart': { proxy: 'mesh', match: '/internal/cart/' },
  'payment→sandbox': { proxy: 'stripe', match: '/v1/payment_intents' },
  'services→mongod': { proxy: 'mongo', match: '' },
  'services→redis': { proxy: 'redis', match: '' },
} as const
export type LinkName = keyof typeof LINKS
const LINK_NAMES = Object.keys(LINKS) as LinkName[]

/** Every place where a process can be made to end itself, by the name of its service. */
export const FAILPOINTS = [
  'orders/order-placed',
  'orders/stock-held',
  'orders/intent-created',
  'orders/intent-cancelled',
  'orders/event-publishing',
  'orders/event-published',
  'orders/event-handled',
  'catalog/stock-reserved',
  'catalog/stock-selling',
  'catalog/event-handled',
  'payments/intent-made',
  'payments/webhook-stored',
  'payments/refund-made',
  'payments/event-published',
  'cart/event-handled',
  'notifications/event-handled',
] as const

export interface FaultPlan {
  /** It begins when this many shoppers have begun. */
  after: number
  fault: Fault
  /** The service that is killed or paused, the failpoint, or the wire. */
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
  /** Which kinds the mesh at hand can suffer. */
  kinds: readonly Fault[]
  /** How many pieces of each product there are; about as many as are asked for unless told. */
  pieces?: [least: number, most: number]
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
  [1, 'leaves_basket'],
]

const oneOf = <T>(random: Random, choices: readonly T[]): T =>
  random.pick(choices.map((choice) => [1, choice] as const))

function targetOf(fault: Fault, random: Random): string {
  if (fault === 'failpoint') return oneOf(random, FAILPOINTS)
  if (fault === 'kill' || fault === 'pause') return oneOf(random, VICTIMS)
  if (fault.startsWith('wire_')) return oneOf(random, LINK_NAMES)
  return ''
}

function faultsOf(random: Random, { checkouts, faults, kinds }: PlanSize): FaultPlan[] {
  // The first round uses every kind and every failpoint once, as far as there is room; then the seed chooses.
  const first = kinds.flatMap((fault): [Fault, string][] =>
    fault === 'failpoint' ? FAILPOINTS.map((target) => [fault, target]) : [[fault, targetOf(fault, random)]],
  )
  const planned = Array.from({ length: faults }, (_, index): FaultPlan => {
    const fault = oneOf(random, kinds)
    const [kind, target] = first[index] ?? [fault, targetOf(fault, random)]
    // What ends with the last shoppers would show nothing.
    return { after: random.below(Math.ceil(checkouts * 0.9)), fault: kind, target, forMs: random.between(500, 4000) }
  })
  return planned.sort((a, b) => a.after - b.after)
}

/** Everything that will happen, from the seed alone; the same seed plans the same run. */
export function planOf(seed: number, size: PlanSize): Plan {
  const random = createRandom(seed)
  const count = Math.max(2, Math.ceil(size.checkouts / 20))
  const [least, most] = size.pieces ?? [16, 40]
  const products = Array.from({ length: count }, () => ({ onHand: random.between(least, most) }))
  const shoppers = Array.from({ length: size.checkouts }, (_, index): ShopperPlan => {
    const first = random.below(count)
    const second = (first + 1) % count
    const lines = [{ product: first, quantity: random.between(1, 2) }]
    if (random.below(3) === 0) lines.push({ product: second, quantity: 1 })
    return {
      name: `${seed}-${index}`,
      habit: random.pick(WEIGHTS),
      // Opposite orders of the same products look for deadlocks.
      lines: random.below(2) === 0 ? lines : lines.reverse(),
    }
  })
  return { seed, products, shoppers, faults: faultsOf(random, size) }
}
