import type { Identity } from '@vitrine/contracts/identity'
import type { Permission } from '@vitrine/contracts/permissions'
import type { InviteInput, StaffUser, StaffUserPatch, UsersQuery } from '@vitrine/contracts/staff'
import type { Clock } from '@vitrine/kernel/clock'
import { AppError, conflict, invalidInput, notFound } from '@vitrine/kernel/errors'
import { findLacking, isBuiltIn, permissionsOf, unknownRoles } from './access.rules.ts'
import type { Account, Origin } from './account.ts'
import { toStaffUser } from './account.view.ts'
import { requireRemainingAdmin } from './admin-circle.ts'
import { recordAct, withRefusalKept } from './audit.service.ts'
import { blankAccount } from './credentials.service.ts'
import { findPermissions } from './identity.service.ts'
import { issueMailToken } from './mail-token.ts'
import type { AuthStore } from './store.repository.ts'

/** Nobody grants, or edits the holder of, a permission they lack. */
export function requireAll(actor: Identity, permissions: readonly Permission[]): void {
  const permission = findLacking(actor.permissions, permissions)
  if (permission) throw new AppError('forbidden', `This needs the permission ${permission}.`, { permission })
}

/** What roles to hand out permit; within a transaction none of them is removed meanwhile. */
async function permissionsOfKnown(store: AuthStore, roles: string[]): Promise<Permission[]> {
  await store.roles.hold(roles.filter((role) => !isBuiltIn(role)))
  const custom = await store.roles.findMany(roles.filter((role) => !isBuiltIn(role)))
  if (unknownRoles(roles, custom).length > 0) throw invalidInput({ roles: ['One of these roles does not exist.'] })
  return permissionsOf(roles, custom)
}

export const byStaff = (actor: Identity, target: string) => ({
  actor: actor.userId,
  sessionId: actor.sessionId,
  target,
})

const auditedPart = ({ roles, disabledAt }: Account) => ({ roles, isDisabled: disabledAt !== null })

function disabledAfter({ disabledAt }: Account, { disabled }: StaffUserPatch, now: Date): Date | null {
  if (disabled === undefined) return disabledAt
  return disabled ? (disabledAt ?? now) : null
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
    invite: (actor: Identity, { email, name, roles }: InviteInput, origin: Origin): Promise<StaffUser> =>
      withRefusalKept({ store, clock }, { actor, target: email, origin }, async () => {
        const granted = withoutRepeats(roles)
        const account = await store.transaction(async (tx) => {
          const now = clock.now()
          requireAll(actor, await permissionsOfKnown(tx, granted))
          const invited = blankAccount({ email, name, passwordHash: null, roles: granted }, now)
          await tx.users.add(invited)
          await issueMailToken(tx, invited, 'invite', now, origin)
          const details = { before: null, after: { email, roles: granted } }
          await recordAct(tx, now, origin, { ...byStaff(actor, invited.id), action: 'user.invited', details })
          return invited
        })
        return toView(account)
      }),

    /** Refuses who may not change this person. */
    requireMayChange: (actor: Identity, id: string, origin: Origin): Promise<Account> =>
      withRefusalKept({ store, clock }, { actor, target: id, origin }, () => requireChangeable(store, actor, id)),

    /** A new link for somebody who has not chosen a password yet; the earlier one ends. */
    inviteAgain: (actor: Identity, id: string, origin: Origin): Promise<StaffUser> =>
      withRefusalKept({ store, clock }, { actor, target: id, origin }, async () => {
        const account = await store.transaction(async (tx) => {
          const now = clock.now()
          const invited = await requireChangeable(tx, actor, id)
          if (invited.passwordHash) throw conflict('conflict', 'This person has a password already.')
          await issueMailToken(tx, invited, 'invite', now, origin)
          await recordAct(tx, now, origin, { ...byStaff(actor, id), action: 'user.invited_again' })
          return invited
        })
        return toView(account)
      }),

    /** Roles count from the next request on; disabling ends every session. */
    changeUser: (actor: Identity, id: string, patch: StaffUserPatch, origin: Origin): Promise<StaffUser> =>
      withRefusalKept({ store, clock }, { actor, target: id, origin }, async () => {
        const account = await store.transaction(async (tx) => {
          const now = clock.now()
          const before = await requireChangeable(tx, actor, id)
          const roles = patch.roles ? withoutRepeats(patch.roles) : before.roles
          requireAll(actor, await permissionsOfKnown(tx, roles))
          const disabledAt = disabledAfter(before, patch, now)
          const isLeaving = before.roles.includes('admin') && (disabledAt !== null || !roles.includes('admin'))
          if (isLeaving) await requireRemainingAdmin(tx, id)
          const after = await tx.users.update(id, { roles, disabledAt, updatedAt: now })
          if (!after) throw notFound('user')
          if (disabledAt) await tx.sessions.revokeAll(id, now)
          const details = { before: auditedPart(before), after: auditedPart(after) }
          await recordAct(tx, now, origin, { ...byStaff(actor, id), action: 'user.changed', details })
          return after
        })
        return toView(account)
      }),
  }
}

export type StaffService = ReturnType<typeof createStaffService>
