import { CartView } from '@vitrine/contracts/cart'
import { api, isApiError } from '#app/server/api.server.ts'
import { clearCookie, readCookie } from '#app/server/cookies.server.ts'

const EMPTY: CartView = {
  id: null,
  version: 0,
  lines: [],
  itemCount: 0,
  subtotal: { amount: 0, currency: 'EUR' },
  discount: { amount: 0, currency: 'EUR' },
  total: { amount: 0, currency: 'EUR' },
  notices: [],
}

/** The visitor's cart. A guest's cart that has ended by itself is an empty one. */
export async function loadCart(request: Request): Promise<CartView> {
  try {
    return await api(request).get(CartView, '/api/cart')
  } catch (error) {
    if (isApiError(error, 'not_found')) return EMPTY
    throw error
  }
}

/** Forgets a guest's cart cookie, for when the cart behind it is gone. */
export const forgetCartCookies = (request: Request): string[] =>
  readCookie(request, 'cart') === null ? [] : [clearCookie('cart'), clearCookie('cart_count')]
