import { IntentCancellation, IntentInput, PaymentHandle, Refund, RefundInput } from '@vitrine/contracts/payment-intents'
import { PaymentBreaks, PaymentConfig, PaymentView, WebhookReceipt } from '@vitrine/contracts/payments'
import { type createServiceApp, ok, replies } from '@vitrine/kernel/app'
import { z } from 'zod'
import type { BreakRepository } from './break.repository.ts'
import type { PaymentService } from './payment.service.ts'
import type { RefundService } from './refund.service.ts'
import type { WebhookService } from './webhook.service.ts'

export interface PaymentRouteDeps {
  service: PaymentService
  refunds: RefundService
  webhooks: Pick<WebhookService, 'receive'>
  breaks: BreakRepository
}

const OrderParams = z.object({ orderId: z.string().min(1).max(64) })
const BreaksQuery = z.object({
  cursor: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

export function paymentRoutes(app: ReturnType<typeof createServiceApp>, deps: PaymentRouteDeps) {
  const { service, refunds, webhooks, breaks } = deps
  return app
    .get('/api/payments/config', () => ok(service.config()), {
      detail: { summary: 'Mode, publishable key and script of the payment form' },
      response: replies(PaymentConfig),
    })
    .post(
      '/api/payments/webhooks/stripe',
      async ({ request }) => {
        await webhooks.receive(await request.text(), request.headers.get('stripe-signature'))
        return ok({ received: true })
      },
      { parse: 'none', detail: { summary: 'Take a signed event from Stripe' }, response: replies(WebhookReceipt) },
    )
    .get('/api/payments/breaks', async ({ query }) => ok(await breaks.list(query.cursor, query.limit)), {
      permission: 'orders:read',
      query: BreaksQuery,
      detail: { summary: 'What reconciliation had to fix' },
      response: replies(PaymentBreaks),
    })
    .get('/api/payments/:orderId', async ({ params }) => ok(await service.view(params.orderId)), {
      permission: 'orders:read',
      params: OrderParams,
      detail: { summary: 'The payment of an order' },
      response: replies(PaymentView),
    })
    .post('/internal/payments/intents', async ({ body }) => ok(await service.create(body)), {
      callers: ['orders'],
      body: IntentInput,
      response: replies(PaymentHandle),
    })
    .get('/internal/payments/intents/:orderId', async ({ params }) => ok(await service.handle(params.orderId)), {
      callers: ['orders'],
      params: OrderParams,
      response: replies(PaymentHandle),
    })
    .post(
      '/internal/payments/intents/:orderId/cancel',
      async ({ params }) => ok(await service.cancel(params.orderId)),
      {
        callers: ['orders'],
        params: OrderParams,
        response: replies(IntentCancellation),
      },
    )
    .post('/internal/payments/refunds', async ({ body }) => ok(await refunds.create(body)), {
      callers: ['orders'],
      body: RefundInput,
      response: replies(Refund),
    })
}
