import { type Product, ProductList } from '@vitrine/contracts/catalog'
import { Wishlist, type WishlistMerge } from '@vitrine/contracts/wishlist'
import { api } from '#app/server/api.server.ts'
import { hasSession } from '#app/server/auth.server.ts'
import { clearCookie, readCookie, setCookie } from '#app/server/cookies.server.ts'

const WISHLIST_DAYS = 180
const MOST = 40
const PRODUCT_ID = /^[A-Za-z0-9_-]{1,60}$/
const PATH = '/api/catalog/wishlist'

/** The ids of the products a guest keeps for later in this browser, newest first. */
export function readWishlist(request: Request): string[] {
  const kept = readCookie(request, 'wishlist') ?? ''
  return kept.split('.').filter((id) => PRODUCT_ID.test(id))
}

const wishlistCookie = (ids: string[]): string => setCookie('wishlist', ids.slice(0, MOST).join('.'), WISHLIST_DAYS)

/** The list of the account, or of this browser for a guest. */
export async function loadWishlist(request: Request): Promise<Product[]> {
  if (hasSession(request)) return (await api(request).get(Wishlist, PATH)).items
  const ids = readWishlist(request)
  if (ids.length === 0) return []
  return (await api(request).get(ProductList, `/api/catalog/products?ids=${ids.join(',')}`)).items
}

/** Keeps a product, or no longer. Returns the cookies that follow from it. */
export async function changeWishlist(request: Request, id: string, isKept: boolean): Promise<string[]> {
  if (!PRODUCT_ID.test(id)) return []
  if (hasSession(request)) {
    const path = `${PATH}/${encodeURIComponent(id)}`
    await (isKept ? api(request).put(Wishlist, path) : api(request).delete(Wishlist, path))
    return []
  }
  const rest = readWishlist(request).filter((one) => one !== id)
  return [wishlistCookie(isKept ? [id, ...rest] : rest)]
}

/** After sign-in the browser's list joins the account's. When that fails, the cookie waits for the next time. */
export async function mergeWishlist(signedIn: Request): Promise<string[]> {
  const productIds = readWishlist(signedIn)
  if (productIds.length === 0) return []
  try {
    await api(signedIn).post(Wishlist, `${PATH}/merge`, { productIds } satisfies WishlistMerge)
    return [clearCookie('wishlist')]
  } catch {
    return []
  }
}
