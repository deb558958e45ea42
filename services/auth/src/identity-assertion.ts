import type { Identity, ServiceName } from '@vitrine/contracts/identity'
import type { Clock } from '@vitrine/kernel/clock'
import { SignJWT } from 'jose'
import type { KeyRing } from './signing-keys.ts'

const LIFE_SECONDS = 60
const REUSE_SECONDS = 30
const MOST_KEPT = 20_000

/** Signs `X-Identity` for one service. */
export type SignIdentity = (identity: Identity, audience: ServiceName) => Promise<string>

/** Signs once for a session, audience and 30 s; a change of name or roles is another assertion at once. */
export function createIdentitySigner(keys: KeyRing, clock: Clock): SignIdentity {
  let kept = new Map<string, Promise<string>>()
  let period = 0

  const sign = ({ userId, sessionId, name, roles, permissions }: Identity, audience: ServiceName, at: number) => {
    const { kid, privateKey } = keys.signing()
    return new SignJWT({ sid: sessionId, name, roles, permissions })
      .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'identity+jwt' })
      .setIssuer('vitrine-auth')
      .setSubject(userId)
      .setAudience(audience)
      .setIssuedAt(at)
      .setExpirationTime(at + LIFE_SECONDS)
      .sign(privateKey)
  }

  return (identity, audience) => {
    const at = Math.floor(clock.now().getTime() / 1000)
    const current = Math.floor(at / REUSE_SECONDS)
    if (current !== period || kept.size >= MOST_KEPT) {
      kept = new Map()
      period = current
    }
    const key = [identity.sessionId, audience, identity.name, ...identity.roles, ...identity.permissions].join(' ')
    const signed = kept.get(key) ?? sign(identity, audience, at)
    kept.set(key, signed)
    return signed
  }
}
