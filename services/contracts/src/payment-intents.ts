import { z } from 'zod'
import { Money } from './money.ts'

/** POST /internal/payments/intents: one intent per order; the order id is the idempotency key. */
export const IntentInput = z.strictObject({ orderId: z.string(), amount: Money, email: z.string() })
export type IntentInput = z.infer<typeof IntentInput>

/** What the browser needs to pay. */
export const PaymentHandle = z.object({
  intentId: z.string(),
  clientSecret: z.string(),
  publishableKey: z.string(),
  scriptUrl: z.string(),
})
export type PaymentHandle = z.infer<typeof PaymentHandle>

/** POST /internal/payments/intents/:orderId/cancel. `succeeded`: too late, the money has moved. */
export const IntentCancellation = z.object({ outcome: z.enum(['cancelled', 'succeeded', 'absent']) })
export type IntentCancellation = z.infer<typeof IntentCancellation>

/** POST /internal/payments/refunds. `key` makes it happen once; `amount` missing means all that is left. */
export const RefundInput = z.strictObject({
  orderId: z.string(),
  key: z.string().min(1).max(200),
  amount: Money.optional(),
  reason: z.string().max(500),
})
export type RefundInput = z.infer<typeof RefundInput>

export const Refund = z.object({
  refundId: z.string(),
  orderId: z.string(),
  amount: Money,
  status: z.enum(['pending', 'succeeded', 'failed']),
})
export type Refund = z.infer<typeof Refund>
