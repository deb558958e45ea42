import { BUILT_IN_ROLES, PERMISSIONS, type Permission } from '@vitrine/contracts/permissions'
import type { CustomRole } from './role.repository.ts'

export const isBuiltIn = (role: string): boolean => Object.hasOwn(BUILT_IN_ROLES, role)

/** All permissions of these roles together, in the contract's order. A role that is gone gives none. */
export function permissionsOf(roles: string[], customRoles: CustomRole[]): Permission[] {
  const held = new Set<Permission>()
  for (const role of roles) {
    const custom = customRoles.find(({ name }) => name === role)
    const permissions = isBuiltIn(role) ? BUILT_IN_ROLES[role] : custom?.permissions
    for (const permission of permissions ?? []) held.add(permission)
  }
  return PERMISSIONS.filter((permission) => held.has(permission))
}

/** The first of `wanted` that `held` lacks. */
export const findLacking = (held: readonly Permission[], wanted: readonly Permission[]): Permission | null =>
  wanted.find((permission) => !held.includes(permission)) ?? null

/** Role names that do not exist. */
export const unknownRoles = (roles: string[], customRoles: CustomRole[]): string[] =>
  roles.filter((role) => !isBuiltIn(role) && !customRoles.some(({ name }) => name === role))

/** What permissions are worth in a session: none while the shop demands a second factor that it has not seen. */
export function effective(
  granted: Permission[],
  { isSecondFactorRequired, hasSecondFactor }: { isSecondFactorRequired: boolean; hasSecondFactor: boolean },
): { permissions: Permission[]; isSecondFactorMissing: boolean } {
  const isSecondFactorMissing = isSecondFactorRequired && !hasSecondFactor && granted.length > 0
  return { permissions: isSecondFactorMissing ? [] : granted, isSecondFactorMissing }
}
