import { z } from 'zod'
import { Order, TimelineEntry } from './orders.ts'
import { PaymentBreak, PaymentRefund, PaymentView } from './payments.ts'

/** An event in the outbox of a service. Not published yet: null. */
export const TracedEvent = z.object({
  id: z.string(),
  type: z.string(),
  occurredAt: z.iso.datetime(),
  publishedAt: z.iso.datetime().nullable(),
  /** The request or event it came from. */
  cause: z.string().nullable(),
})
export type TracedEvent = z.infer<typeof TracedEvent>

/** One `Idempotency-Key` that led to this order; `status` is what it was answered, null while it is open. */
export const CheckoutAttempt = z.object({
  at: z.iso.datetime(),
  status: z.int().nullable(),
  lockedUntil: z.iso.datetime(),
})
export type CheckoutAttempt = z.infer<typeof CheckoutAttempt>

/** GET /api/orders/:id/trace: what the orders service recorded. `retry` is there while something is tried again. */
export const OrderTrace = z.object({
  orderId: z.string(),
  number: z.string(),
  attempts: z.array(CheckoutAttempt),
  steps: z.array(TimelineEntry),
  events: z.array(TracedEvent),
  /** Events of other services that were taken over, and when. */
  handled: z.array(z.object({ id: z.string(), at: z.iso.datetime() })),
  retry: z.object({ tries: z.int(), nextAt: z.iso.datetime() }).optional(),
})
export type OrderTrace = z.infer<typeof OrderTrace>

/** An order as the tester's page lists it: nothing of who bought it. */
export const TestedOrder = Order.pick({
  id: true,
  number: true,
  status: true,
  paymentStatus: true,
  total: true,
  createdAt: true,
})
export type TestedOrder = z.infer<typeof TestedOrder>

/** GET /internal/orders/testing: the latest orders. In sandbox mode alone, as all of `/internal/…/testing`. */
export const TestedOrders = z.object({ items: z.array(TestedOrder) })

/** GET /internal/orders/testing/:id. Of what a step carries, only codes. */
export const TestedTrace = z.object({ order: TestedOrder, trace: OrderTrace })
export type TestedTrace = z.infer<typeof TestedTrace>

/** A webhook as it was received. `deliveries` counts repeats, `attempts` how often it was worked on. */
export const ReceivedWebhook = z.object({
  eventId: z.string(),
  type: z.string(),
  intentId: z.string().nullable(),
  status: z.enum(['new', 'done', 'parked']),
  deliveries: z.int(),
  attempts: z.int(),
  receivedAt: z.iso.datetime(),
  lastDeliveredAt: z.iso.datetime(),
  doneAt: z.iso.datetime().nullable(),
  problem: z.string().nullable(),
})
export type ReceivedWebhook = z.infer<typeof ReceivedWebhook>

export const ReceivedWebhooks = z.object({ items: z.array(ReceivedWebhook), nextCursor: z.string().nullable() })
export type ReceivedWebhooks = z.infer<typeof ReceivedWebhooks>

/** GET /api/payments/:orderId/trace: what the payment service recorded. */
export const PaymentTrace = z.object({
  orderId: z.string(),
  payment: PaymentView.nullable(),
  /** When reconciliation last asked Stripe about it. */
  checkedAt: z.iso.datetime(),
  refunds: z.array(PaymentRefund.extend({ key: z.string().nullable() })),
  webhooks: z.array(ReceivedWebhook),
  breaks: z.array(PaymentBreak),
  events: z.array(TracedEvent),
})
export type PaymentTrace = z.infer<typeof PaymentTrace>
