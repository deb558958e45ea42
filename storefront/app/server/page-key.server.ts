import { idsOf } from '#app/server/api.server.ts'
import { hasSession } from '#app/server/auth.server.ts'
import { readCartCount } from '#app/server/cart-cookies.server.ts'
import { cookiePrefix } from '#app/server/cookies.server.ts'
import { env } from '#app/server/env.server.ts'
import { LIST_PARAMS } from '#app/server/list-params.ts'
import { readRecent } from '#app/server/recent.server.ts'

const MARK_HEADER = 'X-Catalog-Mark'
const LIST = /^\/(products|search|categories\/[a-z0-9-]+)$/
const PRODUCT = /^\/products\/[a-z0-9-]+$/
/** Where a visitor came from; no page shows it. */
const TRACKING = /^(utm_.+|gclid|fbclid|ref)$/
/** Options of products have names such as `Color`. Everything in small letters is said to one visitor. */
const OPTION = /^[A-Z]/

/** All that a page for many may depend on: two visitors with the same key get the same bytes. */
export interface PageKey {
  path: string
  search: string
  cartCount: number
  isSignedIn: boolean
  /** They have looked at another product lately. */
  hasRecent: boolean
}

function paramsOf(url: URL, isShown: (name: string) => boolean): string | null {
  const params = [...url.searchParams].filter(([name, value]) => value !== '' && !TRACKING.test(name))
  if (!params.every(([name]) => isShown(name))) return null
  return new URLSearchParams(params.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))).toString()
}

function searchOf(url: URL): string | null {
  if (url.pathname === '/') return paramsOf(url, () => false)
  if (LIST.test(url.pathname)) return paramsOf(url, (name) => LIST_PARAMS.test(name))
  return PRODUCT.test(url.pathname) ? paramsOf(url, (name) => OPTION.test(name)) : null
}

/** The key of a page for many; null for every other. `productId` is the product that stands on it, as far as known. */
export function pageKeyOf(request: Request, productId?: string): PageKey | null {
  if (request.method !== 'GET') return null
  const url = new URL(request.url)
  const search = searchOf(url)
  if (search === null) return null
  return {
    path: url.pathname,
    search,
    cartCount: readCartCount(request),
    isSignedIn: hasSession(request),
    hasRecent: !LIST.test(url.pathname) && readRecent(request).some((id) => id !== productId),
  }
}

export const textOf = ({ path, search, cartCount, isSignedIn, hasRecent }: PageKey): string =>
  `${path}?${search} ${cartCount} ${isSignedIn} ${hasRecent}`

/**
 * The request of a stand-in, who has of the visitor what the key says and nothing else: a page made for it cannot hold
 * anything personal. Its session opens nothing; it only makes the page say "Account". The ids are those of the visit it is
 * made for, so that what it asks the services is found under them.
 */
export function standInFor(key: PageKey, mark: string, visit: Request): Request {
  const cookies = [
    ...(key.cartCount > 0 ? [`cart_count=${key.cartCount}`] : []),
    ...(key.isSignedIn ? ['vitrine_access=-'] : []),
    ...(key.hasRecent ? ['recent=-'] : []),
  ]
  const url = new URL(key.search ? `${key.path}?${key.search}` : key.path, env.PUBLIC_URL)
  const cookie = cookies.map((one) => cookiePrefix + one).join('; ')
  return new Request(url, { headers: { Cookie: cookie, ...idsOf(visit), [MARK_HEADER]: mark } })
}

/** The mark of changes that a page for many is made for; null for every other page. */
export const pageMarkOf = (request: Request): string | null => request.headers.get(MARK_HEADER)

/** Nobody outside says what a page is made for. */
export const withoutMark = (headers: Headers): void => headers.delete(MARK_HEADER)
