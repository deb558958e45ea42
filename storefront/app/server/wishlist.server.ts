import { readCookie, setCookie } from '#app/server/cookies.server.ts'

const WISHLIST_DAYS = 180
const MOST = 40
const PRODUCT_ID = /^[A-Za-z0-9_-]{1,60}$/

/** The ids of the products kept for later, in this browser, newest first. */
export function readWishlist(request: Request): string[] {
  const kept = readCookie(request, 'wishlist') ?? ''
  return kept.split('.').filter((id) => PRODUCT_ID.test(id))
}

export const wishlistCookie = (ids: string[]): string =>
  setCookie('wishlist', ids.slice(0, MOST).join('.'), WISHLIST_DAYS)

/** The list with one thing added in front, or taken away. */
export function changedWishlist(ids: string[], id: string, isKept: boolean): string[] {
  const rest = ids.filter((one) => one !== id)
  return isKept && PRODUCT_ID.test(id) ? [id, ...rest] : rest
}
