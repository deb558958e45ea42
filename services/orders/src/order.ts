import type { Address } from '@vitrine/contracts/address'
import type { Money } from '@vitrine/contracts/money'
import type { AppliedPromotion, OrderLine, OrderStatus, PaymentStatus } from '@vitrine/contracts/orders'
import type { StaffHand } from '@vitrine/kernel/staff-act'

/** Who moved an order, and because of what: an event id, a request id or the name of a loop. */
export interface Cause {
  actor: string
  cause: string
  /** Set when a member of staff did it: the audit log is told. */
  hand?: StaffHand | null
}

export interface TimelineRecord extends Omit<Cause, 'hand'> {
  at: Date
  type: string
  data: Record<string, unknown>
}

export interface RefundRecord {
  id: string
  /** The idempotency key the payment service sees. */
  key: string
  bodyHash: string
  amount: Money
  reason: string
  restock: boolean
  /** What it is for, when that was said; `shipping` in minor units. */
  lines: { sku: string; quantity: number }[]
  shipping: number
  /** What goes back on sale once the money is back. */
  returned: { sku: string; quantity: number }[]
  status: 'pending' | 'succeeded' | 'failed'
  at: Date
}

/** An order as the service thinks of it; its lines, prices and addresses never change after checkout. */
export interface OrderRecord {
  id: string
  number: string
  status: OrderStatus
  paymentStatus: PaymentStatus
  email: string
  customerId: string | null
  cartId: string
  cartVersion: number
  lines: OrderLine[]
  subtotal: Money
  discount: Money
  shipping: Money
  tax: Money
  taxIncluded: boolean
  total: Money
  promotion: AppliedPromotion | null
  addresses: { shipping: Address; billing: Address }
  shippingMethod: string
  shippingMethodName: string
  shipment: { carrier: string; tracking: string; at: Date } | null
  /** False until the payment service was asked for an intent: until then no money can come. */
  isIntentAsked: boolean
  paymentIntentId: string | null
  refunds: RefundRecord[]
  refundedTotal: Money
  /** The payment service's last fact on refunds that was taken over. */
  refundRevision: number
  timeline: TimelineRecord[]
  notes: { at: Date; actor: string; text: string }[]
  createdAt: Date
  updatedAt: Date
  expiresAt: Date
  /** How often ending it or refunding failed in a row, and until when it rests. */
  retries: number
  retryAt: Date | null
  version: number
}
