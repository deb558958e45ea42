import type { ProfileInput, TokenStatus, User } from '@vitrine/contracts/auth'
import type { Identity } from '@vitrine/contracts/identity'
import type { Clock } from '@vitrine/kernel/clock'
import { AppError, notFound } from '@vitrine/kernel/errors'
import type { AccessTokens } from './access-token.ts'
import type { Account, Origin } from './account.ts'
import { toUser } from './account.view.ts'
import { requireRemainingAdmin } from './admin-circle.ts'
import { recordAct } from './audit.service.ts'
import type { CredentialsService } from './credentials.service.ts'
import type { FindIdentity } from './identity.service.ts'
import type { AuthStore } from './store.repository.ts'

export interface ProfileDeps {
  store: AuthStore
  clock: Clock
  accessTokens: AccessTokens
  findIdentity: FindIdentity
  credentials: CredentialsService
}

export function createProfileService({ store, clock, accessTokens, findIdentity, credentials }: ProfileDeps) {
  const toView = (account: Account | null, { permissions }: Identity): User => {
    if (!account) throw new AppError('unauthenticated', 'Sign in first.')
    return toUser(account, permissions)
  }

  return {
    getMe: async (identity: Identity) => toView(await store.users.findById(identity.userId), identity),
    updateMe: async (identity: Identity, changes: ProfileInput) =>
      toView(await store.users.update(identity.userId, { ...changes, updatedAt: clock.now() }), identity),

    /** Removes the account and everything personal kept beside it. Other services hear of it and forget, too. */
    async removeMe(identity: Identity, password: string, origin: Origin): Promise<void> {
      const account = await credentials.requireAccountWithPassword(identity.userId, password, 'password')
      await store.transaction(async (tx) => {
        const now = clock.now()
        if (account.roles.includes('admin')) await requireRemainingAdmin(tx, account.id)
        await tx.sessions.revokeAll(account.id, now)
        await tx.oneTimeTokens.removeAll(account.id)
        await tx.addresses.removeAll(account.id)
        await tx.users.remove(account.id)
        await tx.publish('user.deleted', { userId: account.id, email: account.email }, origin.requestId)
        await recordAct(tx, now, origin, { action: 'user.removed', actor: account.id, sessionId: identity.sessionId })
      })
    },

    /** Whether an access token would be accepted right now. */
    async getTokenStatus(token: string): Promise<TokenStatus> {
      const subject = await accessTokens.read(token)
      const identity = subject ? await findIdentity(subject) : null
      return identity ? { active: true, sub: identity.userId, roles: identity.roles } : { active: false }
    },

    /** For other services: how to reach somebody. */
    async getContact(id: string) {
      const account = await store.users.findById(id)
      if (!account) throw notFound('user')
      return { id: account.id, email: account.email, name: account.name }
    },
  }
}

export type ProfileService = ReturnType<typeof createProfileService>
