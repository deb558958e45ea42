import { SignedIn } from '@vitrine/contracts/auth'
import { api, isApiError } from '#app/server/api.server.ts'
import { clearCookie, readCookie, setCookie, withCookies } from '#app/server/cookies.server.ts'
import { singleFlight } from '#app/server/single-flight.server.ts'

const SESSION_DAYS = 30
const RENEW_BEFORE_SECONDS = 20

/** The cookies that keep a person signed in; set by sign-in, registration and refresh. */
export function sessionCookies(tokens: Pick<SignedIn, 'accessToken' | 'refreshToken'>): string[] {
  return [
    setCookie('vitrine_access', tokens.accessToken, SESSION_DAYS),
    setCookie('vitrine_refresh', tokens.refreshToken, SESSION_DAYS),
  ]
}

export const endSessionCookies = (): string[] => [clearCookie('vitrine_access'), clearCookie('vitrine_refresh')]

/** When an access token ends, in seconds since 1970. Only for deciding to renew: auth is who verifies. */
function endOf(accessToken: string): number {
  try {
    const payload: unknown = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString())
    if (payload && typeof payload === 'object' && 'exp' in payload) return Number(payload.exp)
  } catch {
    // Not a token: it counts as ended, and renewing it settles the matter.
  }
  return 0
}

function isStale(accessToken: string | null): boolean {
  return accessToken === null || endOf(accessToken) - RENEW_BEFORE_SECONDS < Date.now() / 1000
}

type Renewal = { outcome: 'renewed'; accessToken: string; refreshToken: string } | { outcome: 'ended' }

async function renew(request: Request, refreshToken: string): Promise<Renewal> {
  try {
    const pair = await api(request).post(SignedIn, '/api/auth/refresh', { refreshToken })
    return { outcome: 'renewed', accessToken: pair.accessToken, refreshToken: pair.refreshToken }
  } catch (error) {
    if (isApiError(error, 'unauthenticated', 'invalid_input')) return { outcome: 'ended' }
    throw error
  }
}

/**
 * Gives the request a living access token before any loader sees it, and returns the cookies to send back.
 * Parallel requests of one browser share one renewal, because a spent refresh token ends the session.
 */
export async function withFreshSession(request: Request): Promise<{ request: Request; cookies: string[] }> {
  const refreshToken = readCookie(request, 'vitrine_refresh')
  if (!refreshToken || !isStale(readCookie(request, 'vitrine_access'))) return { request, cookies: [] }
  try {
    const renewal = await singleFlight(`refresh:${refreshToken}`, () => renew(request, refreshToken))
    if (renewal.outcome === 'ended') {
      const without = withCookies(request, { vitrine_access: null, vitrine_refresh: null })
      return { request: without, cookies: endSessionCookies() }
    }
    const fresh = withCookies(request, { vitrine_access: renewal.accessToken, vitrine_refresh: renewal.refreshToken })
    return { request: fresh, cookies: sessionCookies(renewal) }
  } catch {
    // Auth is away: the page shows itself to a guest, and the session stays for the next try.
    return { request: withCookies(request, { vitrine_access: null }), cookies: [] }
  }
}
