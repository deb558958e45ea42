import { z } from 'zod'
import { Money } from './money.ts'
import { AppliedPromotion } from './orders.ts'

export const PromotionType = z.enum(['percent', 'fixed', 'free_shipping', 'buy_x_get_y'])
export type PromotionType = z.infer<typeof PromotionType>

const Scope = z.strictObject({
  skus: z.array(z.string().max(64)).max(500).optional(),
  productIds: z.array(z.string().max(64)).max(500).optional(),
  /** Slugs; what is below a category counts too. */
  categories: z.array(z.string().max(120)).max(100).optional(),
})

const Code = z
  .string()
  .trim()
  .toUpperCase()
  .min(2)
  .max(40)
  .regex(/^[A-Z0-9_-]+$/, 'Use letters, digits, hyphens and underscores.')

const fields = {
  type: PromotionType,
  /** percent: 1-100 · fixed: minor units · buy_x_get_y: X, for which one more of the same is free · free_shipping: unused. */
  value: z.int().nonnegative().max(1_000_000),
}

const limits = {
  minimum: Money,
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  usageLimit: z.int().positive(),
  perCustomer: z.int().positive(),
  scope: Scope,
}
const Limits = z.object(limits)

/** A code a shopper types for a reduction. */
export const Promotion = z.object({
  id: z.string(),
  code: z.string(),
  ...fields,
  ...Limits.partial().shape,
  usedCount: z.int().nonnegative(),
  createdAt: z.iso.datetime(),
})
export type Promotion = z.infer<typeof Promotion>

/** Without a code, one is made up. */
export const PromotionInput = z.strictObject({
  code: Code.optional(),
  ...fields,
  value: fields.value.default(0),
  ...Limits.partial().shape,
})
export type PromotionInput = z.infer<typeof PromotionInput>

/** Null takes a limit away. */
export const PromotionPatch = z
  .strictObject({
    code: Code,
    ...fields,
    minimum: limits.minimum.nullable(),
    startsAt: limits.startsAt.nullable(),
    endsAt: limits.endsAt.nullable(),
    usageLimit: limits.usageLimit.nullable(),
    perCustomer: limits.perCustomer.nullable(),
    scope: limits.scope.nullable(),
  })
  .partial()
export type PromotionPatch = z.infer<typeof PromotionPatch>

/** POST /internal/orders/promotions/evaluate: what a code is worth for these lines. */
export const PromotionEvaluation = z.strictObject({
  code: z.string(),
  lines: z.array(
    z.strictObject({
      sku: z.string(),
      productId: z.string(),
      categories: z.array(z.string()).default([]),
      quantity: z.int().positive(),
      unitPrice: Money,
    }),
  ),
  /** Whose basket it is: an order it has open does not count as a use of the code. */
  cartId: z.string().optional(),
  customerId: z.string().optional(),
})
export type PromotionEvaluation = z.input<typeof PromotionEvaluation>

export const PromotionOutcome = z.discriminatedUnion('isValid', [
  z.object({ isValid: z.literal(true), promotion: AppliedPromotion }),
  z.object({ isValid: z.literal(false), reason: z.string() }),
])
export type PromotionOutcome = z.infer<typeof PromotionOutcome>
