import { z } from 'zod'
import { Money } from './money.ts'

/** Internal catalog calls (`/internal/catalog/…`): who may sell what, and for how long it is held. */
export const SkuQuantity = z.strictObject({ sku: z.string().min(1).max(64), quantity: z.int().min(1).max(999) })
export type SkuQuantity = z.infer<typeof SkuQuantity>

/** POST /internal/catalog/reservations. Safe to repeat with the same order id. */
export const ReservationInput = z.strictObject({
  orderId: z.string(),
  lines: z.array(SkuQuantity).min(1).max(100),
  expiresAt: z.iso.datetime(),
  /** The cart the order is made of: what it holds goes over to the order in the same step. */
  cartId: z.string().max(80).optional(),
})
export type ReservationInput = z.infer<typeof ReservationInput>

export const Reservation = z.object({
  orderId: z.string(),
  status: z.enum(['active', 'committed', 'released']),
  lines: z.array(SkuQuantity),
  expiresAt: z.iso.datetime(),
})
export type Reservation = z.infer<typeof Reservation>

/** GET /internal/catalog/variants?skus=a,b&cartId=c (`available` then includes what that cart holds): what cart and orders need to know of a variant, in one batch. */
export const SellableVariant = z.object({
  sku: z.string(),
  productId: z.string(),
  slug: z.string(),
  title: z.string(),
  /** Slugs from the root of the tree to the product's own category. */
  categories: z.array(z.string()).default([]),
  options: z.record(z.string(), z.string()),
  picture: z.string().nullable(),
  price: Money,
  available: z.int().nonnegative(),
  isSellable: z.boolean(),
})
export type SellableVariant = z.infer<typeof SellableVariant>

export const SellableVariants = z.object({
  items: z.array(SellableVariant),
  missing: z.array(z.string()),
  /** Until when the cart asked about holds its lines; absent when it holds nothing. */
  heldUntil: z.iso.datetime().optional(),
})
export type SellableVariants = z.infer<typeof SellableVariants>

/**
 * PUT /internal/catalog/holds/:cartId, only with STOCK_HOLD=cart: what a cart holds from now on, in place of what it
 * held before. Of `strictSku` everything is held or nothing changes (409 `out_of_stock`); of the other lines what there
 * is. An older `version` than the one known changes nothing. `from` names a cart that ends in this one.
 */
export const CartHoldInput = z.strictObject({
  version: z.int().nonnegative(),
  lines: z.array(SkuQuantity).max(100),
  strictSku: z.string().optional(),
  from: z.string().max(80).optional(),
  expiresAt: z.iso.datetime(),
})
export type CartHoldInput = z.infer<typeof CartHoldInput>

export const CartHold = z.object({
  cartId: z.string(),
  lines: z.array(SkuQuantity),
  expiresAt: z.iso.datetime().nullable(),
})
export type CartHold = z.infer<typeof CartHold>
