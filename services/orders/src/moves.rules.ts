import type { EventData, EventType } from '@vitrine/contracts/events'
import type { Money } from '@vitrine/contracts/money'
import type { OrderStatus } from '@vitrine/contracts/orders'
import { conflict } from '@vitrine/kernel/errors'
import type { OrderRecord, RefundRecord } from './order.ts'
import { canMove, paymentStatusAfterRefund } from './states.rules.ts'

export type Outgoing = { [K in EventType]: { type: K; data: EventData<K> } }[EventType]

/** What a decision does to an order: fields to set, one timeline entry, events to tell. */
export interface OrderChange {
  set: Partial<OrderRecord>
  type: string
  data?: Record<string, unknown>
  events?: Outgoing[]
}

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

const newRefund = (key: string, amount: Money, reason: string, now: Date): RefundRecord => ({
  id: key,
  key,
  bodyHash: '',
  amount,
  reason,
  restock: false,
  returned: [],
  status: 'pending',
  at: now,
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

/** The payment service's word on what went back in total; never lowers what is known. */
export function onPaymentRefunded(order: OrderRecord, refundedTotal: Money, amount: Money, refundId: string) {
  if (order.paymentStatus === 'unpaid') return null
  const refunded = Math.max(order.refundedTotal.amount, refundedTotal.amount)
  return {
    set: {
      refundedTotal: money(order, refunded),
      paymentStatus: paymentStatusAfterRefund(order.total.amount, refunded),
    },
    type: 'refunded',
    data: { amount, refundId, refundedTotal },
  } satisfies OrderChange
}

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

/** Why an order ends; `isAutomatic` when the checkout itself ended it. */
export interface CancelReason {
  reason: string
  isAutomatic: boolean
}

/** Starts to end an order. What was paid is asked back first; what was never asked for ends at once. */
export function beginCancel(order: OrderRecord, { reason, isAutomatic }: CancelReason, now: Date): OrderChange {
  const data = { reason, ...(isAutomatic ? { isAutomatic } : {}) }
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

/** What has gone back or is on its way. */
export const committedRefunds = (order: OrderRecord): number => {
  const own = order.refunds
    .filter((refund) => refund.status !== 'failed')
    .reduce((sum, { amount }) => sum + amount.amount, 0)
  return Math.max(own, order.refundedTotal.amount)
}

/** Adds a refund to be carried out; never more than is left of what was paid. */
export function requestRefund(order: OrderRecord, refund: RefundRecord): OrderChange {
  if (order.paymentStatus === 'unpaid') {
    throw conflict('illegal_transition', 'Nothing was paid, so nothing can be refunded.', {
      paymentStatus: order.paymentStatus,
    })
  }
  const left = order.total.amount - committedRefunds(order)
  if (refund.amount.amount < 1 || refund.amount.amount > left) {
    throw conflict('conflict', 'This is more than is left to refund.', { refundable: money(order, left) })
  }
  const { amount, reason, restock } = refund
  return { set: { refunds: [...order.refunds, refund] }, type: 'refund_requested', data: { amount, reason, restock } }
}

const returnedEvents = (order: OrderRecord, { returned }: RefundRecord): Outgoing[] =>
  returned.length > 0 ? [{ type: 'order.returned', data: { ...fact(order), lines: returned } }] : []

/** The mail of a cancelled order speaks of its refund itself. */
const refundedEvents = (order: OrderRecord, { key, amount }: RefundRecord, refundedTotal: Money): Outgoing[] =>
  key === `cancel:${order.id}`
    ? []
    : [
        {
          type: 'order.refunded',
          data: { ...fact(order), email: order.email, amount, refundedTotal, total: order.total },
        },
      ]

/** The payment service's answer to one refund. */
export function settleRefund(order: OrderRecord, key: string, status: 'succeeded' | 'failed'): OrderChange | null {
  const refund = order.refunds.find((candidate) => candidate.key === key)
  if (refund?.status !== 'pending') return null
  const refunds = order.refunds.map((other) => (other === refund ? { ...other, status } : other))
  const succeeded = refunds
    .filter((other) => other.status === 'succeeded')
    .reduce((sum, { amount }) => sum + amount.amount, 0)
  const refunded = Math.max(order.refundedTotal.amount, succeeded)
  const isPaid = order.paymentStatus !== 'unpaid'
  const refundedTotal = money(order, refunded)
  return {
    set: {
      refunds,
      ...(isPaid
        ? {
            refundedTotal,
            paymentStatus: paymentStatusAfterRefund(order.total.amount, refunded),
          }
        : {}),
    },
    type: status === 'succeeded' ? 'refund_settled' : 'refund_failed',
    data: { amount: refund.amount },
    events:
      status === 'succeeded' ? [...returnedEvents(order, refund), ...refundedEvents(order, refund, refundedTotal)] : [],
  }
}
