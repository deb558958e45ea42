import type { EventData, EventType } from '@vitrine/contracts/events'
import { Currency, type Money } from '@vitrine/contracts/money'
import type { PaymentBreak } from '@vitrine/contracts/payments'
import type { IntentFacts, RefundFacts } from './gateway.ts'
import type { Payment, RefundRecord } from './payment.ts'

export type Announcement = { [T in EventType]: { type: T; data: EventData<T> } }[
  | 'payment.succeeded'
  | 'payment.failed'
  | 'payment.refunded'
  | 'payment.refund_failed']

const FINAL: readonly Payment['status'][] = ['succeeded', 'canceled']
export const isFinal = (status: Payment['status']): boolean => FINAL.includes(status)

/** Money Stripe reports, when it is in a currency the shop knows. */
export function moneyOf(amount: number, currency: string): Money | null {
  const known = Currency.safeParse(currency)
  return known.success ? { amount, currency: known.data } : null
}

/** What is wrong between an order's money and the intent that claims to be it. */
export function mismatchOf(payment: Payment, facts: IntentFacts, isLive: boolean): PaymentBreak['kind'] | null {
  if (facts.isLive !== isLive) return 'wrong_mode'
  const isSame = facts.amount === payment.amount.amount && facts.currency === payment.amount.currency
  const isPaidInFull = facts.status !== 'succeeded' || facts.amountReceived === payment.amount.amount
  return isSame && isPaidInFull ? null : 'amount_mismatch'
}

export interface Settlement {
  payment: Payment
  announcements: Announcement[]
}

/** Brings the mirror to what Stripe says now; null when nothing is new. A final state is never left. */
export function settle(payment: Payment, facts: IntentFacts, now: Date): Settlement | null {
  if (payment.status === 'succeeded') return null
  const isNews = payment.status !== facts.status || payment.failure?.id !== facts.failure?.id
  if (!isNews) return null
  const next: Payment = {
    ...payment,
    intentId: facts.intentId,
    clientSecret: facts.clientSecret || payment.clientSecret,
    status: facts.status,
    failure: facts.failure ?? payment.failure,
    updatedAt: now,
  }
  const { orderId } = payment
  const { intentId, failure } = facts
  if (facts.status === 'succeeded') {
    const amount = moneyOf(facts.amountReceived, facts.currency)
    const announcements: Announcement[] = amount
      ? [{ type: 'payment.succeeded', data: { orderId, intentId, amount } }]
      : []
    return { payment: { ...next, succeededAt: now }, announcements }
  }
  const hasFailed = failure && failure.id !== payment.failure?.id
  return {
    payment: next,
    announcements: hasFailed
      ? [{ type: 'payment.failed', data: { orderId, intentId, code: failure.declineCode ?? failure.code } }]
      : [],
  }
}

/** What a refund at Stripe changes here; null when it is known as it is. A failed refund gives its amount back to the total. */
export function settleRefund(
  payment: Payment,
  known: RefundRecord | null,
  facts: RefundFacts,
  now: Date,
): (Settlement & { refund: RefundRecord }) | null {
  const amount = moneyOf(facts.amount, facts.currency)
  if (!amount || known?.status === facts.status) return null
  const counted = known && known.status !== 'failed' ? known.amount.amount : 0
  const counts = facts.status === 'failed' ? 0 : facts.amount
  const refunded = payment.refunded - counted + counts
  const { orderId } = payment
  const { refundId, status, reason, key, createdAt } = facts
  const refund: RefundRecord = { refundId, orderId, key, amount, status, reason, createdAt }
  const fact = { orderId, refundId, amount, refundedTotal: { amount: refunded, currency: amount.currency } }
  // The version the save will give: of two facts about refunds the later one has the higher revision.
  const revision = payment.version + 1
  const announcements: Announcement[] = []
  if (!known && status !== 'failed') announcements.push({ type: 'payment.refunded', data: { ...fact, revision } })
  if (known && known.status !== 'failed' && status === 'failed') {
    announcements.push({ type: 'payment.refund_failed', data: { ...fact, key: key ?? known.key, revision } })
  }
  return { payment: { ...payment, refunded, updatedAt: now }, refund, announcements }
}
