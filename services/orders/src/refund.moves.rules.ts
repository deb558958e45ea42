import type { EventData } from '@vitrine/contracts/events'
import type { Money } from '@vitrine/contracts/money'
import { conflict } from '@vitrine/kernel/errors'
import type { OrderChange, Outgoing } from './order.change.ts'
import type { OrderRecord, RefundRecord } from './order.ts'
import { paymentStatusAfterRefund } from './states.rules.ts'

const money = (order: OrderRecord, amount: number): Money => ({ amount, currency: order.total.currency })

const sumOf = (refunds: RefundRecord[]): number => refunds.reduce((sum, { amount }) => sum + amount.amount, 0)
const succeededSum = (refunds: RefundRecord[]): number => sumOf(refunds.filter(({ status }) => status === 'succeeded'))

/** A refund that is not of named lines, to be carried out under `key`. */
export const newRefund = (key: string, amount: Money, reason: string, now: Date): RefundRecord => ({
  id: key,
  key,
  bodyHash: '',
  amount,
  reason,
  restock: false,
  lines: [],
  shipping: 0,
  returned: [],
  status: 'pending',
  at: now,
})

/** What has gone back or is on its way. */
export const committedRefunds = (order: OrderRecord): number =>
  Math.max(sumOf(order.refunds.filter(({ status }) => status !== 'failed')), order.refundedTotal.amount)

const refundState = (order: OrderRecord, refunded: number): Partial<OrderRecord> =>
  order.paymentStatus === 'unpaid'
    ? {}
    : { refundedTotal: money(order, refunded), paymentStatus: paymentStatusAfterRefund(order.total.amount, refunded) }

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
  const { amount, reason, restock, lines } = refund
  return {
    set: { refunds: [...order.refunds, refund] },
    type: 'refund_requested',
    data: { amount, reason, restock, lines },
  }
}

const returnedEvents = (order: OrderRecord, { returned }: RefundRecord): Outgoing[] =>
  returned.length > 0
    ? [{ type: 'order.returned', data: { orderId: order.id, number: order.number, lines: returned } }]
    : []

/** The mail of a cancelled order speaks of its refund itself. */
const refundedEvents = (order: OrderRecord, { key, amount }: RefundRecord, refunded: number): Outgoing[] => {
  if (key === `cancel:${order.id}`) return []
  const { id: orderId, number, email, total } = order
  const data = { orderId, number, email, amount, refundedTotal: money(order, refunded), total }
  return [{ type: 'order.refunded', data }]
}

/** The payment service's answer to one refund. */
export function settleRefund(order: OrderRecord, key: string, status: 'succeeded' | 'failed'): OrderChange | null {
  const refund = order.refunds.find((candidate) => candidate.key === key)
  if (refund?.status !== 'pending') return null
  const refunds = order.refunds.map((other) => (other === refund ? { ...other, status } : other))
  const refunded = Math.max(order.refundedTotal.amount, succeededSum(refunds))
  return {
    set: { refunds, ...refundState(order, refunded) },
    type: status === 'succeeded' ? 'refund_settled' : 'refund_failed',
    data: { amount: refund.amount },
    events:
      status === 'succeeded' ? [...returnedEvents(order, refund), ...refundedEvents(order, refund, refunded)] : [],
  }
}

type RefundFact = Pick<EventData<'payment.refunded'>, 'refundId' | 'amount' | 'refundedTotal' | 'revision'>

/** The payment service's word on what went back in total. An older word than the last one changes no sum. */
export function onPaymentRefunded(order: OrderRecord, fact: RefundFact): OrderChange | null {
  if (order.paymentStatus === 'unpaid') return null
  const { refundId, amount, refundedTotal, revision } = fact
  const isOld = revision !== undefined && revision < order.refundRevision
  const known = isOld ? 0 : refundedTotal.amount
  return {
    set: {
      ...refundState(order, Math.max(order.refundedTotal.amount, known)),
      refundRevision: Math.max(order.refundRevision, revision ?? 0),
    },
    type: 'refunded',
    data: { amount, refundId, refundedTotal },
  }
}

type FailedRefund = Omit<EventData<'payment.refund_failed'>, 'orderId'>

/** A refund that had been carried out did not arrive. What is left to refund grows again, so it can be repeated. */
export function onRefundFailed(order: OrderRecord, fact: FailedRefund): OrderChange | null {
  const { key, amount, refundId, refundedTotal, revision } = fact
  if (revision <= order.refundRevision) return null
  const refunds = order.refunds.map((refund) =>
    key !== null && refund.key === key ? { ...refund, status: 'failed' as const } : refund,
  )
  return {
    set: {
      refunds,
      refundRevision: revision,
      ...refundState(order, Math.max(refundedTotal.amount, succeededSum(refunds))),
    },
    type: 'refund_failed',
    data: { amount, refundId, isLate: true },
  }
}
