import { z } from 'zod'
import { Money } from './money.ts'
import { AppliedPromotion } from './orders.ts'

export const PromotionType = z.enum(['percent', 'fixed', 'free_shipping', 'buy_x_get_y'])
export type PromotionType = z.infer<typeof PromotionType>

const fields = {
  code: z.string().trim().toUpperCase().min(2).max(40),
  type: PromotionType,
  /** percent: 1-100 · fixed: minor units · buy_x_get_y: X, for which one more of the same is free · free_shipping: unused. */
  value: z.int().nonnegative().max(1_000_000),
  minimum: Money.optional(),
  startsAt: z.iso.datetime().optional(),
  endsAt: z.iso.datetime().optional(),
  usageLimit: z.int().positive().optional(),
  perCustomer: z.int().positive().optional(),
  scope: z
    .strictObject({
      skus: z.array(z.string()).max(500).optional(),
      productIds: z.array(z.string()).max(500).optional(),
    })
    .optional(),
}

/** A code a shopper types for a reduction. */
export const Promotion = z.object({
  id: z.string(),
  ...fields,
  usedCount: z.int().nonnegative(),
  createdAt: z.iso.datetime(),
})
export type Promotion = z.infer<typeof Promotion>

export const PromotionInput = z.strictObject({ ...fields, value: fields.value.default(0) })
export type PromotionInput = z.infer<typeof PromotionInput>

export const PromotionPatch = z.strictObject(fields).partial()
export type PromotionPatch = z.infer<typeof PromotionPatch>

/** POST /internal/orders/promotions/evaluate: what a code is worth for these lines. */
export const PromotionEvaluation = z.strictObject({
  code: z.string(),
  lines: z.array(
    z.strictObject({ sku: z.string(), productId: z.string(), quantity: z.int().positive(), unitPrice: Money }),
  ),
  email: z.string().optional(),
})
export type PromotionEvaluation = z.infer<typeof PromotionEvaluation>

export const PromotionOutcome = z.discriminatedUnion('isValid', [
  z.object({ isValid: z.literal(true), promotion: AppliedPromotion }),
  z.object({ isValid: z.literal(false), reason: z.string() }),
])
export type PromotionOutcome = z.infer<typeof PromotionOutcome>
