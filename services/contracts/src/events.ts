import { z } from 'zod'
import { Address } from './address.ts'
import { Money } from './money.ts'
import { SkuQuantity } from './reservations.ts'

const OrderFact = z.object({ orderId: z.string(), number: z.string() })

/** Tokens of mails go through the queue once, as the link of that mail; consumers neither log nor keep them. */
const UserMail = z.object({ userId: z.string(), email: z.string(), name: z.string() })

/** `refundedTotal` is what stays refunded after this fact; of two facts the higher `revision` is the later one. */
const RefundFact = z.object({ orderId: z.string(), refundId: z.string(), amount: Money, refundedTotal: Money })

/** Every event of the system by name. Names are facts; a breaking change is a new version beside the old one. */
export const EVENT_DATA = {
  'user.registered': z.object({ userId: z.string(), email: z.string(), name: z.string() }),
  'user.verification_requested': UserMail.extend({ token: z.string() }),
  'user.password_reset_requested': UserMail.extend({ token: z.string() }),
  'user.password_changed': UserMail.extend({}),
  'user.invited': UserMail.extend({ token: z.string() }),
  /** An account is gone: whoever keeps something personal beside its id forgets or anonymises it. */
  'user.deleted': z.object({ userId: z.string(), email: z.string() }),
  /**
   * Something that staff changed, for the audit log. `before` and `after` hold what changed and nothing else;
   * null where there was, or is, nothing. Never secrets.
   */
  'staff.acted': z.object({
    /** `<noun>.<past tense>`, such as `product.changed`. */
    action: z.string(),
    actor: z.string(),
    target: z.string().nullable(),
    sessionId: z.string().nullable(),
    address: z.string().nullable(),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
  }),
  'product.updated': z.object({ productId: z.string(), version: z.int() }),
  /** One for each person who asked to be told. */
  'product.back_in_stock': z.object({
    email: z.string(),
    productId: z.string(),
    slug: z.string(),
    sku: z.string(),
    title: z.string(),
    options: z.record(z.string(), z.string()),
    price: Money,
  }),
  /** One for a whole CSV import, in place of a `product.updated` for each of its products. */
  'products.imported': z.object({ jobId: z.string(), created: z.int(), updated: z.int() }),
  'stock.adjusted': z.object({ sku: z.string(), onHand: z.int(), available: z.int() }),
  'order.placed': OrderFact.extend({ cartId: z.string(), email: z.string(), total: Money }),
  'order.confirmed': OrderFact.extend({
    email: z.string(),
    total: Money,
    cartId: z.string(),
    cartVersion: z.int(),
    lines: z.array(SkuQuantity.extend({ title: z.string(), options: z.record(z.string(), z.string()), total: Money })),
    shippingName: z.string(),
    /** The account that bought it; null for a guest. */
    customerId: z.string().nullable().optional(),
    /** Absent in events older than these fields. */
    sums: z
      .object({ subtotal: Money, discount: Money, shipping: Money, tax: Money, taxIncluded: z.boolean() })
      .optional(),
    address: Address.optional(),
    shippingMethod: z.string().optional(),
  }),
  'order.expired': OrderFact.extend({}),
  'order.cancelled': OrderFact.extend({
    email: z.string(),
    wasPaid: z.boolean(),
    total: Money,
    /** Ended by the checkout itself (refused, or replaced by a newer one): the buyer saw it and needs no mail. */
    isAutomatic: z.boolean().optional(),
  }),
  'order.shipped': OrderFact.extend({
    email: z.string(),
    /** Given for the parcel; text messages go there when they are switched on. */
    phone: z.string().optional(),
    carrier: z.string(),
    tracking: z.string(),
  }),
  'order.returned': OrderFact.extend({ lines: z.array(SkuQuantity) }),
  /** Money is on its way back; cancelling tells of its own refund in `order.cancelled`. */
  'order.refunded': OrderFact.extend({ email: z.string(), amount: Money, refundedTotal: Money, total: Money }),
  'order.delivered': OrderFact.extend({ email: z.string() }),
  'payment.succeeded': z.object({ orderId: z.string(), intentId: z.string(), amount: Money }),
  'payment.failed': z.object({ orderId: z.string(), intentId: z.string(), code: z.string() }),
  'payment.refunded': RefundFact.extend({ revision: z.int().optional() }),
  /** A refund that had been on its way did not arrive: the bank sent the money back. `key` is missing for refunds made at Stripe. */
  'payment.refund_failed': RefundFact.extend({ key: z.string().nullable(), revision: z.int() }),
} as const

export type EventType = keyof typeof EVENT_DATA
export type EventData<T extends EventType> = z.infer<(typeof EVENT_DATA)[T]>

/** The envelope every event travels in, from outbox to inbox. */
export type DomainEvent<T extends EventType = EventType> = {
  [K in T]: {
    id: string
    type: K
    version: 1
    occurredAt: string
    requestId?: string
    traceparent?: string
    data: EventData<K>
  }
}[T]
