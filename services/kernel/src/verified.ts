import type { JWTVerifyResult } from 'jose'

const MOST_KEPT = 2000

/**
 * Verifies each token once and remembers the outcome until the token expires: the same assertion comes with every
 * request of a session, and with every call between two services, for half a minute. What fails is not remembered.
 */
export function verifyOnce(
  verify: (token: string) => Promise<JWTVerifyResult>,
): (token: string) => Promise<JWTVerifyResult> {
  const known = new Map<string, JWTVerifyResult>()
  return async (token) => {
    const kept = known.get(token)
    if (kept && (kept.payload.exp ?? 0) > Date.now() / 1000) return kept
    const result = await verify(token)
    if (known.size >= MOST_KEPT) known.clear()
    known.set(token, result)
    return result
  }
}
