import type { Announcement } from './payment.rules.ts'
import type { Payment, RefundRecord } from './payment.ts'

export interface PaymentChange {
  payment: Payment
  refund?: RefundRecord
  announcements?: readonly Announcement[]
}

export interface PaymentRepository {
  find(orderId: string): Promise<Payment | null>
  /** When reconciliation last asked about it. */
  findCheckedAt(orderId: string): Promise<Date | null>
  findByIntent(intentId: string): Promise<Payment | null>
  listByIntents(intentIds: string[]): Promise<Payment[]>
  /** False when the order has one already. */
  insert(payment: Payment): Promise<boolean>
  /** Saves mirror, refund and events together, unless the mirror changed since it was read: then false. */
  save(change: PaymentChange): Promise<boolean>
  /** Intents that may still move, least recently checked first; marks them checked. */
  listUnsettled(query: {
    olderThan: Date
    youngerThan: Date
    checkedBefore: Date
    now: Date
    limit: number
  }): Promise<Payment[]>
  findRefund(refundId: string): Promise<RefundRecord | null>
  findRefundByKey(orderId: string, key: string): Promise<RefundRecord | null>
  listRefunds(orderId: string): Promise<RefundRecord[]>
  listOrdersWithPendingRefunds(limit: number): Promise<string[]>
}
