import type { PaymentTrace } from '@vitrine/contracts/traces'
import { notFound } from '@vitrine/kernel/errors'
import type { Outbox } from '@vitrine/kernel/outbox'
import type { BreakRepository } from './break.repository.ts'
import type { PaymentRepository } from './payment.repository.ts'
import { toPaymentView } from './payment.view.ts'
import type { WebhookRepository } from './webhook.repository.ts'

export interface TraceDeps {
  payments: PaymentRepository
  breaks: BreakRepository
  webhooks: WebhookRepository
  outbox: Pick<Outbox, 'listOfOrder'>
}

/** Everything recorded of an order's money, for the people who look into it. */
export function createTraceService({ payments, breaks, webhooks, outbox }: TraceDeps) {
  return {
    async trace(orderId: string): Promise<PaymentTrace> {
      const payment = await payments.find(orderId)
      if (!payment) throw notFound('payment')
      const { intentId } = payment
      const refunds = await payments.listRefunds(orderId)
      const checkedAt = (await payments.findCheckedAt(orderId)) ?? payment.createdAt
      return {
        orderId,
        payment: intentId ? toPaymentView(payment, intentId, refunds) : null,
        checkedAt: checkedAt.toISOString(),
        refunds: refunds.map(({ createdAt, ...refund }) => ({ ...refund, createdAt: createdAt.toISOString() })),
        webhooks: intentId ? await webhooks.listOfIntent(intentId) : [],
        breaks: await breaks.listOfOrder(orderId),
        events: await outbox.listOfOrder(orderId),
      }
    },
  }
}

export type TraceService = ReturnType<typeof createTraceService>
