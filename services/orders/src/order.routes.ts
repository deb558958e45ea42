import { page } from '@vitrine/contracts/envelope'
import {
  CancelInput,
  LookupInput,
  LookupReply,
  NoteInput,
  Order,
  OrderStats,
  OrderSummary,
  OrdersQuery,
  RefundRequest,
  ShipInput,
} from '@vitrine/contracts/orders'
import { PaymentHandle } from '@vitrine/contracts/payment-intents'
import { OrderTrace } from '@vitrine/contracts/traces'
import { type createServiceApp, ok, replies } from '@vitrine/kernel/app'
import { z } from 'zod'
import { requireKey, viewerOf } from './buyer.ts'
import type { OrderService } from './order.service.ts'
import type { TraceService } from './trace.service.ts'

export const OrderId = z.object({ id: z.string().min(1).max(80) })
const StatsQuery = z.object({
  from: z.iso.datetime().or(z.iso.date()).optional(),
  to: z.iso.datetime().or(z.iso.date()).optional(),
})
const MONTH_MS = 30 * 86_400_000

/** Reading orders and what their buyers may do. */
export function orderRoutes(app: ReturnType<typeof createServiceApp>, orders: OrderService) {
  return app
    .get('/api/orders', async ({ query, identity }) => ok(await orders.list(query, identity)), {
      signedIn: true,
      query: OrdersQuery,
      detail: { summary: "Own orders, or everybody's with scope=all", 'x-errors': ['forbidden'] },
      response: replies(page(OrderSummary)),
    })
    .get(
      '/api/orders/stats',
      async ({ query, now }) => {
        const to = query.to ? new Date(query.to.length === 10 ? `${query.to}T23:59:59.999Z` : query.to) : now
        return ok(await orders.stats(query.from ? new Date(query.from) : new Date(to.getTime() - MONTH_MS), to))
      },
      {
        permission: 'orders:read',
        query: StatsQuery,
        detail: { summary: 'Numbers of a period' },
        response: replies(OrderStats),
      },
    )
    .post('/api/orders/lookup', async ({ body, now }) => ok(await orders.lookup(body.number, body.email, now)), {
      body: LookupInput,
      detail: { summary: 'Find an order by number and mail address', 'x-errors': ['rate_limited', 'not_found'] },
      response: replies(LookupReply),
    })
    .get(
      '/api/orders/:id',
      async ({ params, request, identity, requestId, now }) =>
        ok(await orders.get(params.id, viewerOf(request, identity, requestId, params.id), now)),
      { params: OrderId, detail: { summary: 'One order', 'x-headers': ['X-Order-Token'] }, response: replies(Order) },
    )
    .get(
      '/api/orders/:id/payment',
      async ({ params, request, identity, requestId, now }) =>
        ok(await orders.payment(params.id, viewerOf(request, identity, requestId, params.id), now)),
      {
        params: OrderId,
        detail: { summary: 'What the payment form needs', 'x-headers': ['X-Order-Token'], 'x-errors': ['conflict'] },
        response: replies(PaymentHandle),
      },
    )
    .post(
      '/api/orders/:id/cancel',
      async ({ params, body, request, identity, requestId, now }) => {
        const viewer = viewerOf(request, identity, requestId, params.id)
        return ok(await orders.cancel(params.id, body?.reason ?? '', viewer, now))
      },
      {
        params: OrderId,
        body: CancelInput.optional(),
        detail: { summary: 'Cancel an order; what was paid goes back', 'x-headers': ['X-Order-Token'] },
        response: replies(Order),
      },
    )
}

/** What staff do with orders. */
export function staffRoutes(app: ReturnType<typeof createServiceApp>, orders: OrderService, traces: TraceService) {
  return app
    .get('/api/orders/:id/trace', async ({ params }) => ok(await traces.trace(params.id)), {
      permission: 'orders:read',
      params: OrderId,
      detail: { summary: 'Everything recorded of an order' },
      response: replies(OrderTrace),
    })
    .post(
      '/api/orders/:id/ship',
      async ({ params, body, request, identity, requestId, now }) =>
        ok(await orders.ship(params.id, body, viewerOf(request, identity, requestId, params.id), now)),
      {
        permission: 'orders:write',
        params: OrderId,
        body: ShipInput,
        detail: { summary: 'Hand an order to the carrier' },
        response: replies(Order),
      },
    )
    .post(
      '/api/orders/:id/deliver',
      async ({ params, request, identity, requestId }) =>
        ok(await orders.deliver(params.id, viewerOf(request, identity, requestId, params.id))),
      {
        permission: 'orders:write',
        params: OrderId,
        detail: { summary: 'Note that an order arrived' },
        response: replies(Order),
      },
    )
    .post(
      '/api/orders/:id/notes',
      async ({ params, body, request, identity, requestId, now, set }) => {
        set.status = 201
        return ok(await orders.note(params.id, body.text, viewerOf(request, identity, requestId, params.id), now))
      },
      {
        permission: 'orders:write',
        params: OrderId,
        body: NoteInput,
        detail: { summary: 'Add a note for colleagues' },
        response: replies(Order, 201),
      },
    )
    .post(
      '/api/orders/:id/refunds',
      async ({ params, body, request, identity, requestId, now, set }) => {
        const viewer = viewerOf(request, identity, requestId, params.id)
        set.status = 201
        return ok(await orders.refund(params.id, requireKey(request), body, viewer, now))
      },
      {
        permission: 'refunds:write',
        params: OrderId,
        body: RefundRequest,
        detail: { summary: 'Refund lines, shipping or an amount', 'x-headers': ['Idempotency-Key'] },
        response: replies(Order, 201),
      },
    )
}
