import type { Money } from '@vitrine/contracts/money'
import type { IntentStatus } from '@vitrine/contracts/payments'

/** The mirror of one order's money. `planned`: Stripe was not asked yet, or its answer was lost. */
export interface Payment {
  orderId: string
  intentId: string | null
  clientSecret: string | null
  status: IntentStatus | 'planned'
  amount: Money
  email: string
  refunded: number
  failure: { id: string; code: string; declineCode: string | null; message: string } | null
  /** Set once, with the event that says so. */
  succeededAt: Date | null
  createdAt: Date
  updatedAt: Date
  version: number
}

export interface RefundRecord {
  refundId: string
  orderId: string
  key: string | null
  amount: Money
  status: 'pending' | 'succeeded' | 'failed'
  reason: string
  createdAt: Date
}
