import { z } from 'zod'
import { Money } from './money.ts'

/** GET /api/payments/config: which script the page loads and with which key. */
export const PaymentConfig = z.object({
  mode: z.enum(['sandbox', 'test', 'live']),
  publishableKey: z.string(),
  scriptUrl: z.string(),
})
export type PaymentConfig = z.infer<typeof PaymentConfig>

/** Stripe's own statuses of a payment intent. Only `succeeded` and `canceled` are final. */
export const INTENT_STATUSES = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'processing',
  'requires_capture',
  'succeeded',
  'canceled',
] as const
export const IntentStatus = z.enum(INTENT_STATUSES)
export type IntentStatus = z.infer<typeof IntentStatus>

export const PaymentRefund = z.object({
  refundId: z.string(),
  amount: Money,
  status: z.enum(['pending', 'succeeded', 'failed']),
  reason: z.string(),
  createdAt: z.iso.datetime(),
})
export type PaymentRefund = z.infer<typeof PaymentRefund>

/** GET /api/payments/:orderId: what staff see of an order's money. */
export const PaymentView = z.object({
  orderId: z.string(),
  intentId: z.string(),
  status: IntentStatus,
  amount: Money,
  refunded: Money,
  lastFailure: z.object({ code: z.string(), declineCode: z.string().nullable(), message: z.string() }).nullable(),
  refunds: z.array(PaymentRefund),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})
export type PaymentView = z.infer<typeof PaymentView>

/** One thing reconciliation had to fix, or that needs a person. */
export const PaymentBreak = z.object({
  id: z.string(),
  kind: z.enum(['missed_event', 'unknown_order', 'amount_mismatch', 'wrong_mode', 'event_conflict']),
  orderId: z.string().nullable(),
  intentId: z.string().nullable(),
  note: z.string(),
  foundAt: z.iso.datetime(),
})
export type PaymentBreak = z.infer<typeof PaymentBreak>

export const PaymentBreaks = z.object({ items: z.array(PaymentBreak), nextCursor: z.string().nullable() })
export type PaymentBreaks = z.infer<typeof PaymentBreaks>

/** What the webhook endpoint answers: the event is stored, its effects follow. */
export const WebhookReceipt = z.object({ received: z.boolean() })
export type WebhookReceipt = z.infer<typeof WebhookReceipt>
