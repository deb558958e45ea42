import { redirect } from '@remix-run/node'
import type { SignedIn } from '@vitrine/contracts/auth'
import { CartView } from '@vitrine/contracts/cart'
import { api } from '#app/server/api.server.ts'
import { cartCookies } from '#app/server/cart-cookies.server.ts'
import { clearCookie, cookieHeaders, readCookie, withCookies } from '#app/server/cookies.server.ts'
import { sessionCookies } from '#app/server/session.server.ts'
import { mergeWishlist } from '#app/server/wishlist.server.ts'

/** The guest's cart joins the account's. Signing in works also while the cart is away; merging then waits for the next time. */
async function mergedCartCookies(signedIn: Request): Promise<string[]> {
  if (readCookie(signedIn, 'cart') === null) return []
  try {
    const cart = await api(signedIn).post(CartView, '/api/cart/merge')
    return [...cartCookies(signedIn, cart), clearCookie('cart')]
  } catch {
    return []
  }
}

/** Ends a sign-in or a registration: the session's cookies, cart and wishlist merged, and on to where the person came from. */
export async function startSession(request: Request, tokens: SignedIn, to: string): Promise<Response> {
  const signedIn = withCookies(request, { vitrine_access: tokens.accessToken })
  const merged = await Promise.all([mergedCartCookies(signedIn), mergeWishlist(signedIn)])
  return redirect(to, { status: 303, headers: cookieHeaders(...sessionCookies(tokens), ...merged.flat()) })
}
