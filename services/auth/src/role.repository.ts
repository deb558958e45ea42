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
}
