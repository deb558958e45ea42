import { z } from 'zod'
import { page } from './envelope.ts'

export const Stock = z.object({
  sku: z.string(),
  onHand: z.int().nonnegative(),
  reserved: z.int().nonnegative(),
  available: z.int().nonnegative(),
  sold: z.int().nonnegative(),
})
export type Stock = z.infer<typeof Stock>

/** A line of GET /inventory: stock with the product it belongs to. */
export const InventoryLine = Stock.extend({
  productId: z.string(),
  slug: z.string(),
  title: z.string(),
  options: z.record(z.string(), z.string()),
  picture: z.string().nullable(),
})
export type InventoryLine = z.infer<typeof InventoryLine>

export const InventoryList = page(InventoryLine)
export type InventoryList = z.infer<typeof InventoryList>

export const MovementType = z.enum(['IN', 'OUT', 'ADJUST'])
export type MovementType = z.infer<typeof MovementType>

/** IN and OUT take a positive quantity, ADJUST a signed delta that is not zero. */
export const MovementInput = z
  .strictObject({
    type: MovementType,
    quantity: z.int().min(-1_000_000).max(1_000_000),
    reason: z.string().trim().min(1).max(300),
  })
  .refine((movement) => (movement.type === 'ADJUST' ? movement.quantity !== 0 : movement.quantity > 0), {
    path: ['quantity'],
    message: 'IN and OUT need a positive quantity, ADJUST one that is not zero.',
  })
export type MovementInput = z.infer<typeof MovementInput>

/** One row of the stock ledger; `onHand` is what stood there afterwards. */
export const Movement = z.object({
  id: z.string(),
  sku: z.string(),
  type: MovementType,
  quantity: z.int(),
  reason: z.string(),
  actor: z.string(),
  onHand: z.int(),
  at: z.iso.datetime(),
})
export type Movement = z.infer<typeof Movement>

export const MovementList = page(Movement)
export type MovementList = z.infer<typeof MovementList>

/** POST /products/:id/variants/:sku/alerts: one mail when the variant can be bought again. */
export const StockAlertInput = z.strictObject({ email: z.email().trim().toLowerCase().max(254) })
export type StockAlertInput = z.infer<typeof StockAlertInput>

export const StockAlert = z.object({ sku: z.string(), email: z.string() })
export type StockAlert = z.infer<typeof StockAlert>
