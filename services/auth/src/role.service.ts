import type { Role, RoleInput } from '@vitrine/contracts/auth'
import type { Identity } from '@vitrine/contracts/identity'
import { BUILT_IN_ROLES, PERMISSIONS } from '@vitrine/contracts/permissions'
import type { Clock } from '@vitrine/kernel/clock'
import { conflict, invalidInput, notFound } from '@vitrine/kernel/errors'
import { isBuiltIn } from './access.rules.ts'
import type { Origin } from './account.ts'
import { recordAct } from './audit.service.ts'
import { requireAll } from './staff.service.ts'
import type { AuthStore } from './store.repository.ts'

const builtIns = (): Role[] =>
  Object.entries(BUILT_IN_ROLES).map(([name, permissions]) => ({
    name,
    permissions: [...permissions],
    isBuiltIn: true,
  }))

export function createRoleService({ store, clock }: { store: AuthStore; clock: Clock }) {
  return {
    async list() {
      const custom = (await store.roles.list()).map((role) => ({ ...role, isBuiltIn: false }))
      return { items: [...builtIns(), ...custom], nextCursor: null }
    },

    async get(name: string): Promise<Role> {
      const builtIn = builtIns().find((role) => role.name === name)
      if (builtIn) return builtIn
      const [custom] = await store.roles.findMany([name])
      if (!custom) throw notFound('role')
      return { ...custom, isBuiltIn: false }
    },

    /** Makes or replaces a custom role; its holders have the new permissions from their next request on. */
    async put(actor: Identity, name: string, input: RoleInput, origin: Origin): Promise<Role> {
      if (isBuiltIn(name)) throw conflict('conflict', 'Built-in roles cannot be changed. Make a role of your own.')
      if (input.permissions.includes('catalog:write'))
        throw invalidInput({ permissions: ['Only the role admin may hold catalog:write.'] })
      const permissions = PERMISSIONS.filter((permission) => input.permissions.includes(permission))
      return store.transaction(async (tx) => {
        const [before] = await tx.roles.findMany([name])
        requireAll(actor, [...permissions, ...(before?.permissions ?? [])])
        await tx.roles.save({ name, permissions })
        const details = { before: before?.permissions ?? null, after: permissions }
        const act = { action: 'role.changed', actor: actor.userId, target: name, sessionId: actor.sessionId, details }
        await recordAct(tx, clock.now(), origin, act)
        return { name, permissions, isBuiltIn: false }
      })
    },
  }
}

export type RoleService = ReturnType<typeof createRoleService>
