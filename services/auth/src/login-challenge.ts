import type { Clock } from '@vitrine/kernel/clock'
import { hashToken } from '@vitrine/kernel/ids'
import { decodeProtectedHeader, jwtVerify, SignJWT } from 'jose'
import type { Account } from './account.ts'
import type { KeyRing } from './signing-keys.ts'

const LIFE_SECONDS = 300
const ISSUER = 'vitrine-auth'
const AUDIENCE = 'vitrine-login-code'

/** Says that somebody knew the password of an account a moment ago and still owes the code. */
export interface LoginChallenges {
  issue(account: Account): Promise<string>
  /** The account's id and the mark of its password then; null when forged or too old. */
  read(challenge: string): Promise<{ userId: string; mark: string } | null>
}

/** Changes with the password, so that a challenge ends with it. */
export const passwordMark = ({ passwordHash }: Account): string => hashToken(passwordHash ?? '').slice(0, 16)

export function createLoginChallenges(keys: KeyRing, clock: Clock): LoginChallenges {
  return {
    issue(account) {
      const { kid, privateKey } = keys.signing()
      const at = Math.floor(clock.now().getTime() / 1000)
      return new SignJWT({ mark: passwordMark(account) })
        .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'challenge+jwt' })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setSubject(account.id)
        .setExpirationTime(at + LIFE_SECONDS)
        .sign(privateKey)
    },
    async read(challenge) {
      try {
        const key = keys.find(decodeProtectedHeader(challenge).kid ?? '')
        if (!key) return null
        const { payload } = await jwtVerify(challenge, key.publicKey, {
          algorithms: ['EdDSA'],
          issuer: ISSUER,
          audience: AUDIENCE,
          typ: 'challenge+jwt',
          currentDate: clock.now(),
        })
        return payload.sub && typeof payload.mark === 'string' ? { userId: payload.sub, mark: payload.mark } : null
      } catch {
        // Whatever is wrong with it, the person signs in from the start.
        return null
      }
    },
  }
}
