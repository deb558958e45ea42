import type { Permission } from '@vitrine/contracts/permissions'

export interface CustomRole {
  name: string
  permissions: Permission[]
}

/** Roles made in the dashboard; the built-in ones stand in the contracts. */
export interface RoleRepository {
  findMany(names: string[]): Promise<CustomRole[]>
  list(): Promise<CustomRole[]>
  save(role: CustomRole): Promise<void>
  /** Makes handing these roles out and removing one wait for each other. Only within a transaction. */
  hold(names: string[]): Promise<void>
  /** False when there is no such role. */
  remove(name: string): Promise<boolean>
}
