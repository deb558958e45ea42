import type { Money } from '@vitrine/contracts/money'
import type { OrderStatus } from '@vitrine/contracts/orders'
import { conflict } from '@vitrine/kernel/errors'
import type { OrderChange, Outgoing } from './order.change.ts'
import type { OrderRecord } from './order.ts'
import { committedRefunds, newRefund } from './refund.moves.rules.ts'
import type { Refusal } from './refusal.rules.ts'
import { canMove } from './states.rules.ts'

const fact = (order: OrderRecord) => ({ orderId: order.id, number: order.number })
const reached = ({ email, addresses: { shipping } }: OrderRecord) =>
  shipping.phone ? { email, phone: shipping.phone } : { email }
const money = (order: OrderRecord, amount: number): Money => ({ amount, currency: order.total.currency })

/** Refuses aloud what the table of states does not allow. */
export function requireMove(order: OrderRecord, to: OrderStatus): void {
  if (canMove(order.status, to)) return
  throw conflict('illegal_transition', `An order that is ${order.status} cannot become ${to}.`, {
    status: order.status,
    paymentStatus: order.paymentStatus,
  })
}

function moveTo(order: OrderRecord, to: OrderStatus, rest: Omit<OrderChange, 'set'> & { set?: Partial<OrderRecord> }) {
  requireMove(order, to)
  return { ...rest, set: { ...rest.set, status: to } } satisfies OrderChange
}

const confirmedEvent = (order: OrderRecord): Outgoing => ({
  type: 'order.confirmed',
  data: {
    ...fact(order),
    email: order.email,
    total: order.total,
    cartId: order.cartId,
    cartVersion: order.cartVersion,
    lines: order.lines.map(({ sku, quantity, title, options, total }) => ({ sku, quantity, title, options, total })),
    shippingName: order.addresses.shipping.name,
    customerId: order.customerId,
    sums: {
      subtotal: order.subtotal,
      discount: order.discount,
      shipping: order.shipping,
      tax: order.tax,
      taxIncluded: order.taxIncluded,
    },
    address: order.addresses.shipping,
    shippingMethod: order.shippingMethodName,
  },
})

/** Money arrived. It confirms an order that waits for it, and goes back when the order is closed or the amount is wrong. */
export function onPaymentSucceeded(order: OrderRecord, paid: Money, intentId: string, now: Date): OrderChange | null {
  if (order.paymentStatus !== 'unpaid') return null
  const data = { amount: paid, intentId }
  const isRight = paid.amount === order.total.amount && paid.currency === order.total.currency
  if (isRight && canMove(order.status, 'confirmed')) {
    return moveTo(order, 'confirmed', {
      set: { paymentStatus: 'paid', paymentIntentId: intentId },
      type: 'confirmed',
      data,
      events: [confirmedEvent(order)],
    })
  }
  const key = isRight ? `late:${order.id}` : `mismatch:${order.id}`
  if (order.refunds.some((refund) => refund.key === key)) return null
  const reason = isRight ? `Paid after the order was ${order.status}` : 'The amount paid differs from the order'
  const refunds = [...order.refunds, newRefund(key, paid, reason, now)]
  // A wrong amount never pays an order: it stays as it is and ends by expiry.
  const set = isRight ? { refunds, paymentStatus: 'paid' as const, paymentIntentId: intentId } : { refunds }
  return { set, type: isRight ? 'paid_too_late' : 'amount_mismatch', data }
}

const EVENT_GRACE_MS = 60_000

/** The payment service says it is paid, yet its event has not come for a minute: its word is enough then. */
export function onSucceededWithoutEvent(order: OrderRecord, now: Date): OrderChange | null {
  const isLate = now.getTime() - order.updatedAt.getTime() > EVENT_GRACE_MS
  const hasWrongAmount = order.refunds.some(({ key }) => key === `mismatch:${order.id}`)
  if (!isLate || hasWrongAmount || !order.paymentIntentId) return null
  return onPaymentSucceeded(order, order.total, order.paymentIntentId, now)
}

export const onPaymentFailed = (_order: OrderRecord, code: string): OrderChange => ({
  set: {},
  type: 'payment_failed',
  data: { code },
})

export const beginExpiry = (order: OrderRecord) => moveTo(order, 'expiring', { type: 'expiring' })

export const expire = (order: OrderRecord) =>
  moveTo(order, 'expired', { type: 'expired', events: [{ type: 'order.expired', data: fact(order) }] })

const isAutomatic = (order: OrderRecord) =>
  order.timeline.findLast(({ type }) => type === 'cancelling')?.data.isAutomatic === true

const cancelledEvent = (order: OrderRecord, isAutomatic: boolean): Outgoing => ({
  type: 'order.cancelled',
  data: {
    ...fact(order),
    email: order.email,
    wasPaid: order.paymentStatus !== 'unpaid',
    total: order.total,
    ...(isAutomatic ? { isAutomatic } : {}),
  },
})

/** Why an order ends; `isAutomatic` when the checkout itself ended it, `refusal` when it was refused. */
export interface CancelReason {
  reason: string
  isAutomatic: boolean
  refusal?: Refusal
}

/** Starts to end an order. What was paid is asked back first; what was never asked for ends at once. */
export function beginCancel(
  order: OrderRecord,
  { reason, isAutomatic, refusal }: CancelReason,
  now: Date,
): OrderChange {
  const data = { reason, ...(isAutomatic ? { isAutomatic } : {}), ...(refusal ? { refusal } : {}) }
  if (order.status === 'pending' && !order.isIntentAsked) {
    return moveTo(order, 'cancelled', { type: 'cancelled', data, events: [cancelledEvent(order, isAutomatic)] })
  }
  const left = order.total.amount - committedRefunds(order)
  const isOwed = order.paymentStatus !== 'unpaid' && left > 0
  const refund = newRefund(`cancel:${order.id}`, money(order, left), reason || 'Order cancelled', now)
  return moveTo(order, 'cancelling', {
    set: isOwed ? { refunds: [...order.refunds.filter((other) => other.key !== refund.key), refund] } : {},
    type: 'cancelling',
    data,
  })
}

export const finishCancel = (order: OrderRecord) =>
  moveTo(order, 'cancelled', { type: 'cancelled', events: [cancelledEvent(order, isAutomatic(order))] })

export const giveUpCancel = (order: OrderRecord) =>
  moveTo(order, 'confirmed', { type: 'cancel_failed', data: { reason: 'The refund was refused.' } })

export const ship = (order: OrderRecord, shipment: { carrier: string; tracking: string }, now: Date) =>
  moveTo(order, 'shipped', {
    set: { shipment: { ...shipment, at: now } },
    type: 'shipped',
    data: shipment,
    events: [{ type: 'order.shipped', data: { ...fact(order), ...reached(order), ...shipment } }],
  })

export const deliver = (order: OrderRecord) =>
  moveTo(order, 'delivered', {
    type: 'delivered',
    events: [{ type: 'order.delivered', data: { ...fact(order), email: order.email } }],
  })
