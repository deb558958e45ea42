import { jwt } from '@elysiajs/jwt'
import type { Clock } from '@vitrine/kernel/clock'
import { newId } from '@vitrine/kernel/ids'
import { decodeProtectedHeader } from 'jose'
import { z } from 'zod'
import type { KeyRing, SigningKey } from './signing-keys.ts'

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
export function createAccessTokens(keys: KeyRing, clock: Clock): AccessTokens {
  const signers = new Map<string, ReturnType<typeof signerOf>>()
  const verifiers = new Map<string, ReturnType<typeof verifierOf>>()
  function signer() {
    const key = keys.signing()
    const made = signers.get(key.kid) ?? signerOf(key)
    signers.set(key.kid, made)
    return made
  }
  function findVerifier(kid: string) {
    const key = keys.find(kid)
    if (!key) return null
    const made = verifiers.get(kid) ?? verifierOf(key)
    verifiers.set(kid, made)
    return made
  }
  return {
    issue({ userId, sessionId }) {
      const exp = Math.floor(clock.now().getTime() / 1000) + ACCESS_TOKEN_SECONDS
      return signer().sign({ sub: userId, sid: sessionId, jti: newId('jwt'), exp })
    },
    async read(token, { isExpiredAllowed } = { isExpiredAllowed: false }) {
      const claims = await findVerifier(kidOf(token) ?? '')?.verify(token, {
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
