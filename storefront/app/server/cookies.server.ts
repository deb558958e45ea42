import { isHttps } from '#app/server/env.server.ts'

const SECONDS_PER_DAY = 86_400
/** Over https only this origin can set our cookies. */
export const cookiePrefix = isHttps ? '__Host-' : ''

/** Reads one cookie of ours by its plain name. */
export function readCookie(request: Request, name: string): string | null {
  return new Bun.CookieMap(request.headers.get('Cookie') ?? '').get(cookiePrefix + name)
}

/** The value of a `Set-Cookie` header: HttpOnly, Lax, for the whole site. */
export function setCookie(name: string, value: string, days: number): string {
  return new Bun.Cookie(cookiePrefix + name, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isHttps,
    maxAge: Math.round(days * SECONDS_PER_DAY),
  }).serialize()
}

export function clearCookie(name: string): string {
  return setCookie(name, '', 0)
}

/** The request with some of its cookies replaced; null removes one. */
export function withCookies(request: Request, changes: Record<string, string | null>): Request {
  const cookies = new Bun.CookieMap(request.headers.get('Cookie') ?? '')
  const values = new Map(cookies.entries())
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) values.delete(cookiePrefix + name)
    else values.set(cookiePrefix + name, value)
  }
  const headers = new Headers(request.headers)
  headers.set('Cookie', [...values].map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('; '))
  return new Request(request, { headers })
}

/** Headers that set each of the given cookies. */
export function cookieHeaders(...cookies: string[]): Headers {
  const headers = new Headers()
  for (const cookie of cookies) headers.append('Set-Cookie', cookie)
  return headers
}
