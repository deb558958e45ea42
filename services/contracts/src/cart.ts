import { z } from 'zod'
import { Money } from './money.ts'

/** Codes of what a shopper should know of a line or of the whole cart. */
export const NoticeCode = z.enum(['price_changed', 'out_of_stock', 'capped', 'gone', 'promotion_invalid', 'merged'])
export type NoticeCode = z.infer<typeof NoticeCode>

export const CartNotice = z.object({
  code: NoticeCode,
  message: z.string(),
  sku: z.string().optional(),
  /** The unit price when the line was added; only with `price_changed`. */
  previousPrice: Money.optional(),
  available: z.int().nonnegative().optional(),
})
export type CartNotice = z.infer<typeof CartNotice>

/** What a line shows. A product that is gone keeps its title; its picture is null and its options are empty. */
export const CartProduct = z.object({
  id: z.string(),
  slug: z.string(),
  title: z.string(),
  options: z.record(z.string(), z.string()),
  picture: z.string().nullable(),
  isSellable: z.boolean(),
})
export type CartProduct = z.infer<typeof CartProduct>

export const CartLine = z.object({
  sku: z.string(),
  quantity: z.int().positive(),
  product: CartProduct,
  unitPrice: Money,
  lineTotal: Money,
  available: z.int().nonnegative(),
  notices: z.array(CartNotice),
})
export type CartLine = z.infer<typeof CartLine>

export const CartPromotion = z.object({
  code: z.string(),
  label: z.string(),
  discount: Money,
  isFreeShipping: z.boolean(),
})
export type CartPromotion = z.infer<typeof CartPromotion>

/** The whole cart, the answer of every route. `id` is null for a guest who has added nothing yet. */
export const CartView = z.object({
  id: z.string().nullable(),
  version: z.int().nonnegative(),
  lines: z.array(CartLine),
  itemCount: z.int().nonnegative(),
  subtotal: Money,
  discount: Money,
  promotion: CartPromotion.optional(),
  total: Money,
  notices: z.array(CartNotice),
  /** Until when the stock of these lines is held for this cart; only with STOCK_HOLD=cart. */
  heldUntil: z.iso.datetime().optional(),
})
export type CartView = z.infer<typeof CartView>

export const MAX_LINE_QUANTITY = 99
const Sku = z.string().trim().min(1).max(64)

/** POST /lines: adds to what is there. */
export const CartLineInput = z.strictObject({ sku: Sku, quantity: z.int().min(1).max(MAX_LINE_QUANTITY) })
export type CartLineInput = z.infer<typeof CartLineInput>

/** PATCH /lines/:sku: sets; 0 removes. */
export const CartQuantityInput = z.strictObject({ quantity: z.int().min(0).max(MAX_LINE_QUANTITY) })
export type CartQuantityInput = z.infer<typeof CartQuantityInput>

export const CartPromotionInput = z.strictObject({ code: z.string().trim().toUpperCase().min(1).max(40) })
export type CartPromotionInput = z.infer<typeof CartPromotionInput>

/** GET /internal/cart/carts/:cartId: what checkout freezes. */
export const CartSnapshot = z.object({
  id: z.string(),
  version: z.int().nonnegative(),
  lines: z.array(z.object({ sku: z.string(), quantity: z.int().positive() })),
  promotionCode: z.string().optional(),
})
export type CartSnapshot = z.infer<typeof CartSnapshot>
