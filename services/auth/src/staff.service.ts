import type { InviteInput, StaffUser, StaffUserPatch, UsersQuery } from '@vitrine/contracts/auth'
import type { Identity } from '@vitrine/contracts/identity'
import type { Permission } from '@vitrine/contracts/permissions'
import type { Clock } from '@vitrine/kernel/clock'
import { AppError, invalidInput, notFound } from '@vitrine/kernel/errors'
import { findLacking, isBuiltIn, permissionsOf, unknownRoles } from './access.rules.ts'
import type { Account, Origin } from './account.ts'
import { toStaffUser } from './account.view.ts'
import { requireRemainingAdmin } from './admin-circle.ts'
import type { AuditFilter } from './audit.repository.ts'
import { recordAct } from './audit.service.ts'
import { blankAccount } from './credentials.service.ts'
import { findPermissions } from './identity.service.ts'
import { issueMailToken } from './mail-token.ts'
import type { AuthStore } from './store.repository.ts'

/** Nobody grants, or edits the holder of, a permission they lack. */
export function requireAll(actor: Identity, permissions: readonly Permission[]): void {
  const permission = findLacking(actor.permissions, permissions)
  if (permission) throw new AppError('forbidden', `This needs the permission ${permission}.`, { permission })
}

async function permissionsOfKnown(store: AuthStore, roles: string[]): Promise<Permission[]> {
  const custom = await store.roles.findMany(roles.filter((role) => !isBuiltIn(role)))
  if (unknownRoles(roles, custom).length > 0) throw invalidInput({ roles: ['One of these roles does not exist.'] })
  return permissionsOf(roles, custom)
}

/** Everybody is a customer, whatever else they are; the order is that of the input. */
const withoutRepeats = (roles: string[]): string[] => (roles.length === 0 ? ['customer'] : [...new Set(roles)])

export function createStaffService({ store, clock }: { store: AuthStore; clock: Clock }) {
  const toView = async (account: Account): Promise<StaffUser> =>
    toStaffUser(account, await findPermissions(store, account.roles))

  async function requireChangeable(tx: AuthStore, actor: Identity, id: string): Promise<Account> {
    const account = await tx.users.findById(id)
    if (!account) throw notFound('user')
    requireAll(actor, await findPermissions(tx, account.roles))
    return account
  }

  return {
    async listUsers({ q, role, limit, cursor }: UsersQuery) {
      const filter = { limit, ...(q ? { text: q } : {}), ...(role ? { role } : {}), ...(cursor ? { cursor } : {}) }
      const { items, nextCursor } = await store.users.list(filter)
      return { items: await Promise.all(items.map(toView)), nextCursor }
    },

    async getUser(id: string): Promise<StaffUser> {
      const account = await store.users.findById(id)
      if (!account) throw notFound('user')
      return toView(account)
    },

    /** Makes an account without a password and mails a link to choose one. */
    async invite(actor: Identity, { email, name, roles }: InviteInput, origin: Origin): Promise<StaffUser> {
      const granted = withoutRepeats(roles)
      requireAll(actor, await permissionsOfKnown(store, granted))
      const account = await store.transaction(async (tx) => {
        const now = clock.now()
        const invited = blankAccount({ email, name, passwordHash: null, roles: granted }, now)
        await tx.users.add(invited)
        await issueMailToken(tx, invited, 'invite', now, origin)
        const act = { action: 'user.invited', actor: actor.userId, target: invited.id, sessionId: actor.sessionId }
        await recordAct(tx, now, origin, { ...act, details: { roles: granted } })
        return invited
      })
      return toView(account)
    },

    /** Roles count from the next request on; disabling ends every session. */
    async changeUser(actor: Identity, id: string, patch: StaffUserPatch, origin: Origin): Promise<StaffUser> {
      const account = await store.transaction(async (tx) => {
        const now = clock.now()
        const before = await requireChangeable(tx, actor, id)
        const roles = patch.roles ? withoutRepeats(patch.roles) : before.roles
        requireAll(actor, await permissionsOfKnown(tx, roles))
        const disabledAt =
          patch.disabled === undefined ? before.disabledAt : patch.disabled ? (before.disabledAt ?? now) : null
        const isLeaving = before.roles.includes('admin') && (disabledAt !== null || !roles.includes('admin'))
        if (isLeaving) await requireRemainingAdmin(tx, id)
        const after = await tx.users.update(id, { roles, disabledAt, updatedAt: now })
        if (!after) throw notFound('user')
        if (disabledAt) await tx.sessions.revokeAll(id, now)
        const details = {
          before: { roles: before.roles, isDisabled: before.disabledAt !== null },
          after: { roles, isDisabled: disabledAt !== null },
        }
        await recordAct(tx, now, origin, {
          action: 'user.changed',
          actor: actor.userId,
          target: id,
          sessionId: actor.sessionId,
          details,
        })
        return after
      })
      return toView(account)
    },

    async listAudit(filter: AuditFilter) {
      const { items, nextCursor } = await store.audit.list(filter)
      return { items: items.map((line) => ({ ...line, at: line.at.toISOString() })), nextCursor }
    },
  }
}

export type StaffService = ReturnType<typeof createStaffService>
