import type { Order } from '@vitrine/contracts/orders'
import { clearCookie, readCookie, setCookie } from '#app/server/cookies.server.ts'

const TOKEN_DAYS = 30

/** The token that opens one order for a guest, if this browser has it. */
export const readOrderToken = (request: Request, orderId: string): string | null =>
  readCookie(request, `order_${orderId}`)

export const orderCookie = (orderId: string, accessToken: string): string =>
  setCookie(`order_${orderId}`, accessToken, TOKEN_DAYS)

/** Remembers which order the cart went into, so that the header forgets its count once that order is paid. */
export const checkedOutCookie = (orderId: string): string => setCookie('cart_order', orderId, 1)

/** After the order of this cart was paid: the cart is empty now. */
export function paidCookies(request: Request, order: Order): string[] {
  if (order.paymentStatus === 'unpaid' || readCookie(request, 'cart_order') !== order.id) return []
  return [clearCookie('cart_order'), setCookie('cart_count', '0', 1)]
}
