import { z } from 'zod'
import { Address, Email } from './address.ts'
import { Money } from './money.ts'
import { PaymentHandle } from './payment-intents.ts'
import { SkuQuantity } from './reservations.ts'

export const ORDER_STATUSES = [
  'pending',
  'expiring',
  'cancelling',
  'confirmed',
  'shipped',
  'delivered',
  'expired',
  'cancelled',
] as const
export const OrderStatus = z.enum(ORDER_STATUSES)
export type OrderStatus = z.infer<typeof OrderStatus>

export const PaymentStatus = z.enum(['unpaid', 'paid', 'partially_refunded', 'refunded'])
export type PaymentStatus = z.infer<typeof PaymentStatus>

export const OrderLine = z.object({
  sku: z.string(),
  productId: z.string(),
  slug: z.string(),
  title: z.string(),
  options: z.record(z.string(), z.string()),
  picture: z.string().nullable(),
  quantity: z.int().positive(),
  unitPrice: Money,
  discount: Money,
  tax: Money,
  total: Money,
})
export type OrderLine = z.infer<typeof OrderLine>

export const ShippingMethod = z.object({ id: z.string(), name: z.string(), price: Money, estimate: z.string() })
export type ShippingMethod = z.infer<typeof ShippingMethod>

export const AppliedPromotion = z.object({
  code: z.string(),
  label: z.string(),
  discount: Money,
  isFreeShipping: z.boolean(),
})
export type AppliedPromotion = z.infer<typeof AppliedPromotion>

const Totals = z.object({
  lines: z.array(OrderLine),
  subtotal: Money,
  discount: Money,
  shipping: Money,
  tax: Money,
  taxIncluded: z.boolean(),
  total: Money,
  promotion: AppliedPromotion.optional(),
})

/**
 * What a checkout would cost now, delivered to `country`. `promotionProblem` says why a code gave nothing,
 * `freeShippingFrom` from which worth of goods on the chosen delivery is free.
 */
export const Quote = Totals.extend({
  country: z.string(),
  freeShippingFrom: Money.optional(),
  shippingMethod: z.string(),
  shippingMethods: z.array(ShippingMethod),
  promotionProblem: z.string().optional(),
})
export type Quote = z.infer<typeof Quote>

/** One thing that happened to an order. `actor`: `system`, `guest` or a user id. `cause`: an event or request id. */
export const TimelineEntry = z.object({
  at: z.iso.datetime(),
  type: z.string(),
  actor: z.string(),
  cause: z.string().optional(),
  data: z.record(z.string(), z.unknown()),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

/** One refund asked for. `lines` and `shipping` say what it was for, when that was said. */
export const OrderRefund = z.object({
  id: z.string(),
  amount: Money,
  lines: z.array(SkuQuantity),
  shipping: Money,
  reason: z.string(),
  restock: z.boolean(),
  status: z.enum(['pending', 'succeeded', 'failed']),
  at: z.iso.datetime(),
})
export type OrderRefund = z.infer<typeof OrderRefund>

export const OrderNote = z.object({ at: z.iso.datetime(), actor: z.string(), text: z.string() })
export type OrderNote = z.infer<typeof OrderNote>

/** The whole order. `notes` are there for staff only. */
export const Order = Totals.extend({
  id: z.string(),
  number: z.string(),
  status: OrderStatus,
  paymentStatus: PaymentStatus,
  email: z.string(),
  customerId: z.string().nullable(),
  addresses: z.object({ shipping: Address, billing: Address }),
  shippingMethod: z.string(),
  shippingMethodName: z.string(),
  shipment: z.object({ carrier: z.string(), tracking: z.string(), at: z.iso.datetime() }).optional(),
  refunds: z.array(OrderRefund),
  refundedTotal: Money,
  timeline: z.array(TimelineEntry),
  notes: z.array(OrderNote).optional(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().optional(),
  version: z.int().nonnegative(),
})
export type Order = z.infer<typeof Order>

/** A row of a list of orders. */
export const OrderSummary = z.object({
  id: z.string(),
  number: z.string(),
  status: OrderStatus,
  paymentStatus: PaymentStatus,
  email: z.string(),
  customerId: z.string().nullable(),
  customerName: z.string(),
  itemCount: z.int().nonnegative(),
  total: Money,
  lines: z.array(z.object({ sku: z.string(), title: z.string(), picture: z.string().nullable(), quantity: z.int() })),
  createdAt: z.iso.datetime(),
})
export type OrderSummary = z.infer<typeof OrderSummary>

const ShippingMethodId = z.string().trim().min(1).max(40)
const PromotionCode = z.string().trim().toUpperCase().max(40)
const CartId = z.string().trim().min(1).max(80)

/** POST /checkout. `expectedTotal` is what the shopper saw; a difference is 409 `price_changed`. */
export const CheckoutInput = z.strictObject({
  cartId: CartId.optional(),
  email: Email,
  shippingAddress: Address,
  billingAddress: Address.optional(),
  shippingMethod: ShippingMethodId,
  promotionCode: PromotionCode.optional(),
  expectedTotal: Money,
})
export type CheckoutInput = z.infer<typeof CheckoutInput>

/** POST /quote: a checkout of which all but the cart may still be unknown. */
export const QuoteInput = CheckoutInput.partial().extend({
  shippingAddress: Address.partial().optional(),
  billingAddress: Address.partial().optional(),
})
export type QuoteInput = z.infer<typeof QuoteInput>

export const CheckoutReply = z.object({ order: Order, accessToken: z.string(), payment: PaymentHandle })
export type CheckoutReply = z.infer<typeof CheckoutReply>

export const LookupInput = z.strictObject({ number: z.string().trim().toUpperCase().min(1).max(40), email: Email })
export type LookupInput = z.infer<typeof LookupInput>

export const LookupReply = z.object({ order: Order, accessToken: z.string() })
export type LookupReply = z.infer<typeof LookupReply>

export const CancelInput = z.strictObject({ reason: z.string().trim().max(500).optional() })
export type CancelInput = z.infer<typeof CancelInput>

export const ShipInput = z.strictObject({
  carrier: z.string().trim().min(1).max(80),
  tracking: z.string().trim().min(1).max(120),
})
export type ShipInput = z.infer<typeof ShipInput>

export const NoteInput = z.strictObject({ text: z.string().trim().min(1).max(2000) })
export type NoteInput = z.infer<typeof NoteInput>

/** POST /:id/refunds: by lines (and shipping), by amount, or, with neither, all that is left. */
export const RefundRequest = z.strictObject({
  lines: z.array(SkuQuantity).max(100).optional(),
  shipping: Money.optional(),
  amount: Money.optional(),
  restock: z.boolean().default(false),
  reason: z.string().trim().max(500).default(''),
})
export type RefundRequest = z.infer<typeof RefundRequest>

/** GET /: own orders, or all with `scope=all` (orders:read). */
export const OrdersQuery = z.object({
  scope: z.enum(['own', 'all']).default('own'),
  status: OrderStatus.optional(),
  q: z.string().trim().max(120).optional(),
  from: z.iso.datetime().or(z.iso.date()).optional(),
  to: z.iso.datetime().or(z.iso.date()).optional(),
  customer: z.string().max(80).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(24),
})
export type OrdersQuery = z.infer<typeof OrdersQuery>

export const OrderStats = z.object({
  orders: z.int(),
  revenue: Money,
  refunded: Money,
  averageOrder: Money,
  itemsSold: z.int(),
  byStatus: z.record(z.string(), z.int()),
  byDay: z.array(z.object({ day: z.iso.date(), orders: z.int(), revenue: Money })),
  topProducts: z.array(z.object({ sku: z.string(), title: z.string(), quantity: z.int(), revenue: Money })),
})
export type OrderStats = z.infer<typeof OrderStats>
