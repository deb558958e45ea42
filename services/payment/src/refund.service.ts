import type { Refund, RefundInput } from '@vitrine/contracts/payment-intents'
import { conflict, notFound } from '@vitrine/kernel/errors'
import { reach } from '@vitrine/kernel/test.switches'
import type { PaymentGateway } from './gateway.ts'
import type { PaymentRepository } from './payment.repository.ts'
import type { RefundRecord } from './payment.ts'
import type { SettlementService } from './settlement.service.ts'

export interface RefundServiceDeps {
  payments: PaymentRepository
  gateway: PaymentGateway
  settlement: SettlementService
}

const toReply = ({ refundId, orderId, amount, status }: RefundRecord): Refund => ({ refundId, orderId, amount, status })

/** Money back, once per key. */
export function createRefundService({ payments, gateway, settlement }: RefundServiceDeps) {
  return {
    async create({ orderId, key, amount, reason }: RefundInput): Promise<Refund> {
      const done = await payments.findRefundByKey(orderId, key)
      if (done) {
        const isSame = !amount || (amount.amount === done.amount.amount && amount.currency === done.amount.currency)
        if (isSame) return toReply(done)
        throw conflict('idempotency_mismatch', 'This key was used for another refund.', { amount: done.amount })
      }
      const payment = await payments.find(orderId)
      if (!payment?.intentId) throw notFound('payment')
      if (payment.status !== 'succeeded')
        throw conflict('illegal_transition', 'Nothing was paid yet.', { status: payment.status })
      if (amount && amount.currency !== payment.amount.currency) {
        throw conflict('conflict', 'A refund is in the currency of the payment.', { currency: payment.amount.currency })
      }
      const facts = await gateway.createRefund({
        orderId,
        intentId: payment.intentId,
        amount: amount?.amount,
        key,
        reason,
      })
      reach('refund-made')
      if (facts === 'disputed') {
        const message = 'The bank has taken this payment back in a dispute. A refund would pay the buyer twice.'
        throw conflict('conflict', message, { reason: 'disputed' })
      }
      if (facts === 'refused') {
        const left = { amount: payment.amount.amount - payment.refunded, currency: payment.amount.currency }
        throw conflict('conflict', 'More was asked back than is left of this payment.', { left })
      }
      return toReply(await settlement.applyRefund(orderId, { ...facts, key, reason }))
    },
  }
}

export type RefundService = ReturnType<typeof createRefundService>
