import type { Identity } from '@vitrine/contracts/identity'
import { BUILT_IN_ROLES, PERMISSIONS, type Permission } from '@vitrine/contracts/permissions'
import type { Role, RoleInput } from '@vitrine/contracts/staff'
import type { Clock } from '@vitrine/kernel/clock'
import { conflict, invalidInput, notFound } from '@vitrine/kernel/errors'
import { isBuiltIn } from './access.rules.ts'
import type { Origin } from './account.ts'
import { recordAct, withRefusalKept } from './audit.service.ts'
import { byStaff, requireAll } from './staff.service.ts'
import type { AuthStore } from './store.repository.ts'

const builtIns = (): Role[] =>
  Object.entries(BUILT_IN_ROLES).map(([name, permissions]) => ({
    name,
    permissions: [...permissions],
    isBuiltIn: true,
  }))

const partOf = (permissions: Permission[] | undefined) => (permissions ? { permissions } : null)

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
      const save = () =>
        store.transaction(async (tx) => {
          const [before] = await tx.roles.findMany([name])
          requireAll(actor, [...permissions, ...(before?.permissions ?? [])])
          await tx.roles.save({ name, permissions })
          const details = { before: partOf(before?.permissions), after: partOf(permissions) }
          await recordAct(tx, clock.now(), origin, { ...byStaff(actor, name), action: 'role.changed', details })
        })
      await withRefusalKept({ store, clock }, { actor, target: name, origin }, save)
      return { name, permissions, isBuiltIn: false }
    },

    /** Removes a custom role that nobody holds. */
    async remove(actor: Identity, name: string, origin: Origin): Promise<void> {
      if (isBuiltIn(name)) throw conflict('conflict', 'Built-in roles stay.')
      const remove = () =>
        store.transaction(async (tx) => {
          const [before] = await tx.roles.findMany([name])
          if (!before) throw notFound('role')
          requireAll(actor, before.permissions)
          await tx.roles.remove(name)
          const holders = await tx.users.countHolders(name)
          if (holders > 0)
            throw conflict('conflict', 'People still hold this role. Give them another one first.', { holders })
          const details = { before: partOf(before.permissions), after: null }
          await recordAct(tx, clock.now(), origin, { ...byStaff(actor, name), action: 'role.removed', details })
        })
      await withRefusalKept({ store, clock }, { actor, target: name, origin }, remove)
    },
  }
}

export type RoleService = ReturnType<typeof createRoleService>
