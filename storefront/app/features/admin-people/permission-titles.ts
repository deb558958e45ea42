import type { Permission } from '@vitrine/contracts/permissions'

interface Group {
  title: string
  permissions: [Permission, string][]
}

/** Every permission in words, by area. */
export const PERMISSION_GROUPS: Group[] = [
  {
    title: 'Catalog',
    permissions: [
      ['catalog:write', 'Change products and categories'],
      ['inventory:read', 'See stock'],
      ['inventory:write', 'Change stock'],
      ['reviews:write', 'Moderate reviews'],
    ],
  },
  {
    title: 'Orders',
    permissions: [
      ['orders:read', 'See orders'],
      ['orders:write', 'Ship, cancel, add notes'],
      ['refunds:write', 'Refund'],
      ['promotions:write', 'Change promotions'],
    ],
  },
  {
    title: 'People',
    permissions: [
      ['customers:read', 'See customers'],
      ['customers:write', 'Change customers'],
    ],
  },
  {
    title: 'Shop',
    permissions: [
      ['staff:write', 'Change staff and roles'],
      ['audit:read', 'See the audit log'],
      ['system:read', 'See system health'],
    ],
  },
]
