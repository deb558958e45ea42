import type { CheckoutInput } from '@vitrine/contracts/orders'
import { orderNumber } from './number.rules.ts'
import type { Cause, OrderRecord } from './order.ts'
import type { PricedCart } from './quote.service.ts'

/** One attempt of a buyer to place an order; the id is known before the order is written. */
export interface Checkout {
  orderId: string
  /** The id is new: no earlier try can have written this order. */
  isFirst: boolean
  cartId: string
  customerId: string | null
  input: CheckoutInput
  requestId: string
  now: Date
}

const MINUTE_MS = 60_000

/** The order a checkout writes: everything the buyer saw, frozen. */
export function toOrderRecord(checkout: Checkout, priced: PricedCart, cause: Cause, holdMinutes: number): OrderRecord {
  const { input, now } = checkout
  const { totals, cart, quote } = priced
  const method = quote.shippingMethods.find(({ id }) => id === quote.shippingMethod)
  return {
    ...totals,
    id: checkout.orderId,
    number: orderNumber(crypto.getRandomValues(new Uint8Array(8))),
    status: 'pending',
    paymentStatus: 'unpaid',
    email: input.email,
    customerId: checkout.customerId,
    cartId: checkout.cartId,
    cartVersion: cart.version,
    addresses: { shipping: input.shippingAddress, billing: input.billingAddress ?? input.shippingAddress },
    shippingMethod: quote.shippingMethod,
    shippingMethodName: method?.name ?? quote.shippingMethod,
    shipment: null,
    isIntentAsked: false,
    paymentIntentId: null,
    refunds: [],
    refundedTotal: { amount: 0, currency: totals.total.currency },
    refundRevision: 0,
    timeline: [{ at: now, type: 'placed', ...cause, data: { total: totals.total } }],
    notes: [],
    createdAt: now,
    updatedAt: now,
    expiresAt: new Date(now.getTime() + holdMinutes * MINUTE_MS),
    retries: 0,
    retryAt: null,
    version: 1,
  }
}
