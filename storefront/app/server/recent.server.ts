import { cookiePrefix, readCookie, setCookie } from '#app/server/cookies.server.ts'

const RECENT_DAYS = 30
const MOST = 9
const PRODUCT_ID = /^[A-Za-z0-9_-]{1,60}$/

/** The ids of the products looked at lately in this browser, newest first. */
export const readRecent = (request: Request): string[] =>
  (readCookie(request, 'recent') ?? '').split('.').filter((id) => PRODUCT_ID.test(id))

/** The cookie after looking at one more product. */
export const recentCookie = (request: Request, id: string): string =>
  setCookie('recent', [id, ...readRecent(request).filter((one) => one !== id)].slice(0, MOST).join('.'), RECENT_DAYS)

/** The product whose page set these cookies; null for other pages. */
export function productOfCookies(cookies: string[]): string | null {
  const own = cookies.map((cookie) => Bun.Cookie.parse(cookie)).find(({ name }) => name === `${cookiePrefix}recent`)
  return own?.value.split('.')[0] ?? null
}

/** The same for a visitor whose page was made for somebody else: nothing when it already leads their list. */
export const recentCookies = (request: Request, id: string): string[] =>
  readRecent(request)[0] === id ? [] : [recentCookie(request, id)]
