import { readCookie, setCookie } from '#app/server/cookies.server.ts'

const RECENT_DAYS = 30
const MOST = 9
const PRODUCT_ID = /^[A-Za-z0-9_-]{1,60}$/

/** The ids of the products looked at lately in this browser, newest first. */
export const readRecent = (request: Request): string[] =>
  (readCookie(request, 'recent') ?? '').split('.').filter((id) => PRODUCT_ID.test(id))

/** The cookie after looking at one more product. */
export const recentCookie = (request: Request, id: string): string =>
  setCookie('recent', [id, ...readRecent(request).filter((one) => one !== id)].slice(0, MOST).join('.'), RECENT_DAYS)
