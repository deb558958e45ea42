import type { CartView } from '@vitrine/contracts/cart'
import { hasSession } from '#app/server/auth.server.ts'
import { readCookie, setCookie } from '#app/server/cookies.server.ts'

const CART_DAYS = 7

/** How many items the header shows. Kept in a cookie, so that a page costs no call to the cart. */
export function readCartCount(request: Request): number {
  const count = Number(readCookie(request, 'cart_count'))
  return Number.isInteger(count) && count > 0 ? count : 0
}

/** The cookies that follow from the newest state of the cart. Only a guest's cart is found by a cookie. */
export function cartCookies(request: Request, cart: CartView): string[] {
  const counted = setCookie('cart_count', String(cart.itemCount), CART_DAYS)
  if (hasSession(request) || cart.id === null) return [counted]
  return [counted, setCookie('cart', cart.id, CART_DAYS)]
}
