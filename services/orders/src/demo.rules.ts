import type { Money } from '@vitrine/contracts/money'
import type { OrderStatus, PaymentStatus } from '@vitrine/contracts/orders'
import type { SellableVariant } from '@vitrine/contracts/reservations'
import type { OrderRecord, RefundRecord, TimelineRecord } from './order.ts'
import { newRefund } from './refund.moves.rules.ts'
import { DEFAULT_ZONES, priceOf, zoneOf } from './shipping.rules.ts'
import { DEFAULT_TAX } from './tax.rules.ts'
import { totalsOf } from './totals.rules.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const PEOPLE = [
  {
    name: 'Shay Shopper',
    email: 'shopper@vitrine.test',
    line1: 'Lindenallee 12',
    city: 'Berlin',
    postalCode: '10115',
    country: 'DE',
  },
  {
    name: 'Amélie Laurent',
    email: 'amelie@example.com',
    line1: '8 rue des Carmes',
    city: 'Lyon',
    postalCode: '69002',
    country: 'FR',
  },
  {
    name: 'Jonas Berg',
    email: 'jonas@example.com',
    line1: 'Storgatan 5',
    city: 'Malmö',
    postalCode: '21142',
    country: 'SE',
  },
  {
    name: 'Chiara Conti',
    email: 'chiara@example.com',
    line1: 'Via Roma 21',
    city: 'Torino',
    postalCode: '10121',
    country: 'IT',
  },
] as const

/** States of the demo orders in turn; most shops have mostly delivered ones. */
const STATES: readonly [OrderStatus, PaymentStatus][] = [
  ['pending', 'unpaid'],
  ['confirmed', 'paid'],
  ['shipped', 'paid'],
  ['delivered', 'paid'],
  ['cancelled', 'refunded'],
  ['expired', 'unpaid'],
  ['delivered', 'partially_refunded'],
  ['confirmed', 'paid'],
  ['delivered', 'paid'],
  ['shipped', 'paid'],
  ['delivered', 'paid'],
  ['cancelled', 'unpaid'],
]
/** Every state twice, but only one order that waits for its payment: the first, as if it was placed just now. */
export const DEMO_ORDERS = STATES.length * 2
export const demoOrderId = (index: number) => `ord_demo${String(index + 1).padStart(2, '0')}`

const STEPS: Partial<Record<OrderStatus, string[]>> = {
  confirmed: ['placed', 'confirmed'],
  shipped: ['placed', 'confirmed', 'shipped'],
  delivered: ['placed', 'confirmed', 'shipped', 'delivered'],
  cancelled: ['placed', 'cancelling', 'cancelled'],
  expired: ['placed', 'expiring', 'expired'],
}

const parcelOf = (index: number) => ({ carrier: 'DHL', tracking: `JD01460000${100 + index}` })

function timelineOf(status: OrderStatus, createdAt: Date, index: number): TimelineRecord[] {
  return (STEPS[status] ?? ['placed']).map((type, step) => ({
    at: new Date(createdAt.getTime() + step * 6 * HOUR_MS),
    type,
    actor: type === 'placed' ? 'guest' : 'system',
    cause: 'demo',
    data: type === 'shipped' ? parcelOf(index) : {},
  }))
}

const demoRefund = (orderId: string, amount: Money, at: Date): RefundRecord => ({
  ...newRefund(`demo:${orderId}`, amount, 'Sent back', at),
  status: 'succeeded',
})

function statusAt(index: number): [OrderStatus, PaymentStatus] {
  if (index === STATES.length) return ['expired', 'unpaid']
  return STATES[index % STATES.length] ?? ['confirmed', 'paid']
}

/** The demo order number `index`: the same for the same catalog, however often it is made. */
export function demoOrder(
  index: number,
  variants: SellableVariant[],
  shopperId: string | null,
  now: Date,
): OrderRecord {
  const [status, paymentStatus] = statusAt(index)
  const isWaiting = status === 'pending'
  // The one that waits is a guest's: nobody who signs in finds an order they never placed.
  const person = PEOPLE[(isWaiting ? 1 : index) % PEOPLE.length] ?? PEOPLE[0]
  const today = Math.floor(now.getTime() / DAY_MS) * DAY_MS
  const createdAt = isWaiting ? now : new Date(today - (index + 1) * 1.2 * DAY_MS)
  const items = Array.from({ length: 1 + (index % 3) }, (_, line) => variants[(index * 5 + line * 7) % variants.length])
    .filter((variant) => variant !== undefined)
    .map((variant, line) => ({ variant, quantity: 1 + ((index + line) % 2) }))
  const currency = items[0]?.variant.price.currency ?? 'EUR'
  const method = zoneOf(DEFAULT_ZONES, person.country)?.methods[index % 2]
  const totals = totalsOf({
    items,
    currency,
    effect: null,
    shippingOf: (goods) => (method ? priceOf(method, goods) : 0),
    taxPermille: DEFAULT_TAX[person.country] ?? 0,
    taxIncluded: true,
  })
  const { email, ...address } = person
  const refunded = {
    paid: 0,
    unpaid: 0,
    refunded: totals.total.amount,
    partially_refunded: totals.lines[0]?.unitPrice.amount ?? 0,
  }[paymentStatus]
  const id = demoOrderId(index)
  const timeline = timelineOf(status, createdAt, index)
  return {
    ...totals,
    id,
    number: `V-DEMO-${String(index + 1).padStart(4, '0')}`,
    status,
    paymentStatus,
    email,
    customerId: person === PEOPLE[0] ? shopperId : null,
    cartId: `crt_${id}`,
    cartVersion: 1,
    addresses: { shipping: address, billing: address },
    shippingMethod: method?.id ?? 'standard',
    shippingMethodName: method?.name ?? 'Standard delivery',
    shipment: timeline.some(({ type }) => type === 'shipped')
      ? { ...parcelOf(index), at: new Date(createdAt.getTime() + 12 * HOUR_MS) }
      : null,
    isIntentAsked: false,
    paymentIntentId: null,
    refunds: refunded > 0 ? [demoRefund(id, { amount: refunded, currency }, timeline.at(-1)?.at ?? createdAt)] : [],
    refundedTotal: { amount: refunded, currency },
    refundRevision: 0,
    timeline,
    notes: [],
    createdAt,
    updatedAt: timeline.at(-1)?.at ?? createdAt,
    // The one that waits does so until tomorrow, so that there is one to look at.
    expiresAt: new Date(createdAt.getTime() + DAY_MS),
    retries: 0,
    retryAt: null,
    version: timeline.length,
  }
}
