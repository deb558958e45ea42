import type { Identity } from '@vitrine/contracts/identity'
import type { Permission } from '@vitrine/contracts/permissions'
import type { Clock } from '@vitrine/kernel/clock'
import { isBuiltIn, permissionsOf } from './access.rules.ts'
import type { TokenSubject } from './access-token.ts'
import type { AuthStore } from './store.repository.ts'

/** What the roles of a person permit right now. */
export async function findPermissions(store: AuthStore, roles: string[]): Promise<Permission[]> {
  return permissionsOf(roles, await store.roles.findMany(roles.filter((role) => !isBuiltIn(role))))
}

/** The identity behind a token as the database knows it now: null once the session or the account has ended. */
export type FindIdentity = (subject: TokenSubject) => Promise<Identity | null>

export function createIdentityFinder(store: AuthStore, clock: Clock): FindIdentity {
  return async ({ userId, sessionId }) => {
    const [session, account] = await Promise.all([
      store.sessions.findLive(sessionId, clock.now()),
      store.users.findById(userId),
    ])
    if (!session || session.userId !== userId || !account || account.disabledAt) return null
    const permissions = await findPermissions(store, account.roles)
    return { userId, sessionId, name: account.name, roles: account.roles, permissions }
  }
}
