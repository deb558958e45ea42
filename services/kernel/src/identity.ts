import { Identity, type ServiceName } from '@vitrine/contracts/identity'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { verifyOnce } from './verified.ts'

/** Reads one identity assertion; null when it is absent or not to be trusted. */
export type VerifyIdentity = (assertion: string | null) => Promise<Identity | null>

/** The only reader of `X-Identity`: EdDSA, auth's keys, this service as audience. */
export function createIdentityVerifier(options: { audience: ServiceName; meshUrl: string }): VerifyIdentity {
  const keys = createRemoteJWKSet(new URL('/api/auth/.well-known/jwks.json', options.meshUrl), {
    timeoutDuration: 2000,
    cooldownDuration: 1000,
  })
  const verify = verifyOnce((assertion) =>
    jwtVerify(assertion, keys, {
      algorithms: ['EdDSA', 'Ed25519'],
      audience: options.audience,
      issuer: 'vitrine-auth',
    }),
  )
  return async (assertion) => {
    if (!assertion) return null
    try {
      const { payload } = await verify(assertion)
      return Identity.parse({
        userId: payload.sub,
        sessionId: payload.sid,
        name: payload.name,
        roles: payload.roles,
        permissions: payload.permissions,
      })
    } catch {
      // Expired, forged or for another service: the caller is nobody, and the route decides what nobody may do.
      return null
    }
  }
}
