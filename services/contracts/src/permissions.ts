import { z } from 'zod'

export const PERMISSIONS = [
  'catalog:write',
  'inventory:read',
  'inventory:write',
  'orders:read',
  'orders:write',
  'refunds:write',
  'customers:read',
  'customers:write',
  'promotions:write',
  'reviews:write',
  'staff:write',
  'audit:read',
  'system:read',
] as const

export const Permission = z.enum(PERMISSIONS)
export type Permission = z.infer<typeof Permission>

/** Roles that always exist. Only `admin` may hold `catalog:write`. */
export const BUILT_IN_ROLES: Record<string, readonly Permission[]> = {
  admin: PERMISSIONS,
  'order-manager': [
    'orders:read',
    'orders:write',
    'refunds:write',
    'inventory:read',
    'inventory:write',
    'customers:read',
  ],
  support: PERMISSIONS.filter((permission) => permission.endsWith(':read')),
  customer: [],
}
