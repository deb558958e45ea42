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
})
export type ReservationInput = z.infer<typeof ReservationInput>

export const Reservation = z.object({
  orderId: z.string(),
  status: z.enum(['active', 'committed', 'released']),
  lines: z.array(SkuQuantity),
  expiresAt: z.iso.datetime(),
})
export type Reservation = z.infer<typeof Reservation>

/** GET /internal/catalog/variants?skus=a,b: what cart and orders need to know of a variant, in one batch. */
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

export const SellableVariants = z.object({ items: z.array(SellableVariant), missing: z.array(z.string()) })
export type SellableVariants = z.infer<typeof SellableVariants>
