import type { PaymentView } from '@vitrine/contracts/payments'
import type { Payment, RefundRecord } from './payment.ts'

/** What staff may see: never the client secret. */
export const toPaymentView = (payment: Payment, intentId: string, refunds: readonly RefundRecord[]): PaymentView => ({
  orderId: payment.orderId,
  intentId,
  status: payment.status === 'planned' ? 'requires_payment_method' : payment.status,
  amount: payment.amount,
  refunded: { amount: payment.refunded, currency: payment.amount.currency },
  lastFailure: payment.failure && {
    code: payment.failure.code,
    declineCode: payment.failure.declineCode,
    message: payment.failure.message,
  },
  refunds: refunds.map(({ refundId, amount, status, reason, createdAt }) => ({
    refundId,
    amount,
    status,
    reason,
    createdAt: createdAt.toISOString(),
  })),
  createdAt: payment.createdAt.toISOString(),
  updatedAt: payment.updatedAt.toISOString(),
})
