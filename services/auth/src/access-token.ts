import { jwt } from '@elysiajs/jwt'
import type { Clock } from '@vitrine/kernel/clock'
import { newId } from '@vitrine/kernel/ids'
import { decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import type { SigningKey, SigningKeys } from './signing-keys.ts'

export const ACCESS_TOKEN_SECONDS = 600
const ISSUER = 'vitrine-auth'
const AUDIENCE = 'vitrine'
const TYPE = 'at+jwt'
/** No session outlives this, so neither does an expired token's use. */
const LONGEST_SESSION_SECONDS = 30 * 86_400

const Claims = z.object({ sub: z.string(), sid: z.string() })

export interface TokenSubject {
  userId: string
  sessionId: string
}

export interface AccessTokens {
  issue(subject: TokenSubject): Promise<string>
  /** Null when forged or expired; `isExpiredAllowed` overlooks the latter. Says nothing of the session. */
  read(token: string, options?: { isExpiredAllowed: boolean }): Promise<TokenSubject | null>
}

// An instance of the plugin that holds a private key cannot verify with it, so there are two for each key.
const signerOf = ({ kid, privateKey }: SigningKey) =>
  jwt({ name: 'signer', alg: 'EdDSA', typ: TYPE, kid, iss: ISSUER, aud: AUDIENCE, secret: privateKey }).decorator.signer
const verifierOf = ({ publicKey }: SigningKey) =>
  jwt({ name: 'verifier', alg: 'EdDSA', secret: publicKey }).decorator.verifier

function kidOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).kid
  } catch {
    return undefined
  }
}

/** Access tokens of ten minutes. They name a person and a session; what these may do is looked up when used. */
export function createAccessTokens(keys: SigningKeys, clock: Clock): AccessTokens {
  const signer = signerOf(keys[0])
  const verifiers = new Map(keys.map((key) => [key.kid, verifierOf(key)]))
  return {
    issue({ userId, sessionId }) {
      const exp = Math.floor(clock.now().getTime() / 1000) + ACCESS_TOKEN_SECONDS
      return signer.sign({ sub: userId, sid: sessionId, jti: newId('jwt'), exp })
    },
    async read(token, { isExpiredAllowed } = { isExpiredAllowed: false }) {
      const claims = await verifiers.get(kidOf(token) ?? '')?.verify(token, {
        algorithms: ['EdDSA'],
        issuer: ISSUER,
        audience: AUDIENCE,
        typ: TYPE,
        requiredClaims: ['exp', 'sub', 'sid'],
        currentDate: clock.now(),
        clockTolerance: isExpiredAllowed ? LONGEST_SESSION_SECONDS : 0,
      })
      const parsed = Claims.safeParse(claims)
      return parsed.success ? { userId: parsed.data.sub, sessionId: parsed.data.sid } : null
    },
  }
}
