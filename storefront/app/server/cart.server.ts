import { CartView, MAX_LINE_QUANTITY } from '@vitrine/contracts/cart'
import { ProductList } from '@vitrine/contracts/catalog'
import type { Taken } from '#app/features/cart/taken-notice.tsx'
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

/** What was just taken out of the cart (`?removed=` or `?kept=` with `quantity`), to tell and to put back. */
export async function findTaken(request: Request, cart: CartView): Promise<Taken | null> {
  const { searchParams } = new URL(request.url)
  const sku = searchParams.get('removed') ?? searchParams.get('kept')
  if (!sku || cart.lines.some((line) => line.sku === sku)) return null
  const path = `/api/catalog/products?${new URLSearchParams({ skus: sku.slice(0, 64) })}`
  const list = await api(request)
    .get(ProductList, path)
    .catch(() => null)
  const title = list?.items[0]?.title
  if (!title) return null
  const quantity = Math.min(MAX_LINE_QUANTITY, Math.max(1, Math.trunc(Number(searchParams.get('quantity'))) || 1))
  return { sku, title, quantity, isKept: searchParams.has('kept') }
}

/** Forgets a guest's cart cookie, for when the cart behind it is gone. */
export const forgetCartCookies = (request: Request): string[] =>
  readCookie(request, 'cart') === null ? [] : [clearCookie('cart'), clearCookie('cart_count')]
