import type { OrderStatus, PaymentStatus } from '@vitrine/contracts/orders'

/** The only table of order states: from → to. */
export const NEXT = {
  pending: ['confirmed', 'expiring', 'cancelling', 'cancelled'],
  expiring: ['confirmed', 'expired'],
  cancelling: ['cancelled', 'confirmed'],
  confirmed: ['cancelling', 'shipped'],
  shipped: ['delivered'],
  delivered: [],
  expired: [],
  cancelled: [],
} as const satisfies Record<OrderStatus, readonly OrderStatus[]>

export const canMove = (from: OrderStatus, to: OrderStatus): boolean =>
  (NEXT[from] as readonly OrderStatus[]).includes(to)

/** States in which the order holds its cart: a new checkout must end it first. */
export const OPEN_STATUSES: readonly OrderStatus[] = ['pending', 'expiring', 'cancelling']

export const isFinal = (status: OrderStatus): boolean => NEXT[status].length === 0

/** What the money says once `refunded` of `total` went back. */
export function paymentStatusAfterRefund(total: number, refunded: number): PaymentStatus {
  if (refunded <= 0) return 'paid'
  return refunded < total ? 'partially_refunded' : 'refunded'
}
