import { IntentCancellation, IntentInput, PaymentHandle, Refund, RefundInput } from '@vitrine/contracts/payment-intents'
import { PaymentBreaks, PaymentConfig, PaymentView, WebhookReceipt } from '@vitrine/contracts/payments'
import { PaymentTrace, ReceivedWebhook, ReceivedWebhooks } from '@vitrine/contracts/traces'
import { type createServiceApp, ok, replies } from '@vitrine/kernel/app'
import { handOf } from '@vitrine/kernel/staff-act'
import { z } from 'zod'
import type { BreakRepository } from './break.repository.ts'
import type { PaymentService } from './payment.service.ts'
import type { RefundService } from './refund.service.ts'
import type { TraceService } from './trace.service.ts'
import type { WebhookService } from './webhook.service.ts'

export interface PaymentRouteDeps {
  service: PaymentService
  refunds: RefundService
  webhooks: Pick<WebhookService, 'receive' | 'list' | 'unpark'>
  traces: TraceService
  breaks: BreakRepository
  /** A shop in sandbox mode, out of the public's reach: the tester's page may look into payments. */
  isForTesters: boolean
}

const OrderParams = z.object({ orderId: z.string().min(1).max(64) })
const BreaksQuery = z.object({
  cursor: z.string().max(80).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

const WebhookParams = z.object({ eventId: z.string().min(1).max(80) })
const WebhooksQuery = z.object({ status: ReceivedWebhook.shape.status.optional() })

/** What orders asks, on the private entry point. */
function internalRoutes(app: ReturnType<typeof createServiceApp>, { service, refunds }: PaymentRouteDeps) {
  return app
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
    .post('/internal/payments/demo', async ({ body }) => ok(await service.payDemo(body)), {
      callers: ['orders'],
      body: IntentInput,
      response: replies(PaymentView),
    })
    .post('/internal/payments/refunds', async ({ body }) => ok(await refunds.create(body)), {
      callers: ['orders'],
      body: RefundInput,
      response: replies(Refund),
    })
}

/** What staff look into. */
function staffRoutes(
  app: ReturnType<typeof createServiceApp>,
  { service, webhooks, breaks, traces }: PaymentRouteDeps,
) {
  return app
    .get('/api/payments/breaks', async ({ query }) => ok(await breaks.list(query.cursor, query.limit)), {
      permission: 'orders:read',
      query: BreaksQuery,
      detail: { summary: 'What reconciliation had to fix' },
      response: replies(PaymentBreaks),
    })
    .get('/api/payments/webhooks', async ({ query }) => ok(await webhooks.list(query.status)), {
      permission: 'orders:read',
      query: WebhooksQuery,
      detail: { summary: 'The latest webhooks, such as the parked ones' },
      response: replies(ReceivedWebhooks),
    })
    .post(
      '/api/payments/webhooks/:eventId/retry',
      async (context) => {
        await webhooks.unpark(context.params.eventId, handOf(context))
        context.set.status = 204
      },
      {
        permission: 'orders:write',
        params: WebhookParams,
        detail: { summary: 'Work on a parked webhook again' },
        response: { 204: z.undefined() },
      },
    )
    .get('/api/payments/:orderId', async ({ params }) => ok(await service.view(params.orderId)), {
      permission: 'orders:read',
      params: OrderParams,
      detail: { summary: 'The payment of an order' },
      response: replies(PaymentView),
    })
    .get('/api/payments/:orderId/trace', async ({ params }) => ok(await traces.trace(params.orderId)), {
      permission: 'orders:read',
      params: OrderParams,
      detail: { summary: 'Everything recorded of the money of an order' },
      response: replies(PaymentTrace),
    })
}

export function paymentRoutes(app: ReturnType<typeof createServiceApp>, deps: PaymentRouteDeps) {
  const { service, webhooks } = deps
  app
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
  staffRoutes(app, deps)
  if (deps.isForTesters) {
    app.get('/internal/payments/testing/:orderId', async ({ params }) => ok(await deps.traces.trace(params.orderId)), {
      params: OrderParams,
      detail: { hide: true },
      response: replies(PaymentTrace),
    })
  }
  return internalRoutes(app, deps)
}
