import type { Identity, ServiceName } from '@vitrine/contracts/identity'
import { BUILT_IN_ROLES, type Permission } from '@vitrine/contracts/permissions'
import type { VerifyCaller } from './assertion.ts'
import type { VerifyIdentity } from './identity.ts'

/** An identity with a built-in role, as auth would assert it. */
export const identityOf = (role: string, userId = `usr_${role}`): Identity => ({
  userId,
  sessionId: `ses_${userId}`,
  name: 'Leyla Kaya',
  roles: [role],
  permissions: [...(BUILT_IN_ROLES[role] ?? [])] as Permission[],
})

/** `X-Identity: admin` or `X-Identity: customer:usr_1` in a test request names the role and the person. */
export const testIdentityVerifier: VerifyIdentity = async (assertion) => {
  if (!assertion) return null
  const [role = 'customer', userId] = assertion.split(':')
  return identityOf(role, userId)
}

/** `X-Service: orders` in a test request names the caller. */
// The name comes from the test itself, so it is one of the service names.
export const testCallerVerifier: VerifyCaller = async (assertion) => assertion as ServiceName | null
