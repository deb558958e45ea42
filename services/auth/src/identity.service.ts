import type { Identity } from '@vitrine/contracts/identity'
import type { Permission } from '@vitrine/contracts/permissions'
import type { Clock } from '@vitrine/kernel/clock'
import { effective, isBuiltIn, permissionsOf } from './access.rules.ts'
import type { TokenSubject } from './access-token.ts'
import type { AuthStore } from './store.repository.ts'

/** What the roles of a person permit right now. */
export async function findPermissions(store: AuthStore, roles: string[]): Promise<Permission[]> {
  return permissionsOf(roles, await store.roles.findMany(roles.filter((role) => !isBuiltIn(role))))
}

/** An identity as it counts right now. */
export interface KnownIdentity extends Identity {
  /** Staff whose permissions wait for a second factor. */
  isSecondFactorMissing: boolean
}

/** The identity behind a token as the database knows it now: null once the session or the account has ended. */
export type FindIdentity = (subject: TokenSubject) => Promise<KnownIdentity | null>

export function createIdentityFinder(store: AuthStore, clock: Clock, isSecondFactorRequired: boolean): FindIdentity {
  return async ({ userId, sessionId }) => {
    const [session, account] = await Promise.all([
      store.sessions.findLive(sessionId, clock.now()),
      store.users.findById(userId),
    ])
    if (!session || session.userId !== userId || !account || account.disabledAt) return null
    const granted = await findPermissions(store, account.roles)
    const { hasSecondFactor } = session
    const { name, roles } = account
    return { userId, sessionId, name, roles, ...effective(granted, { isSecondFactorRequired, hasSecondFactor }) }
  }
}
