import { expect, test } from 'bun:test'
import { PERMISSIONS } from '@vitrine/contracts/permissions'
import { findLacking, permissionsOf, unknownRoles } from './access.rules.ts'

const packer = { name: 'packer', permissions: ['orders:read' as const, 'inventory:read' as const] }

test('roles add up, each permission once, in the order of the contract', () => {
  expect(permissionsOf(['packer', 'order-manager'], [packer])).toEqual([
    'inventory:read',
    'inventory:write',
    'orders:read',
    'orders:write',
    'refunds:write',
    'customers:read',
  ])
  expect(permissionsOf(['admin'], [])).toEqual([...PERMISSIONS])
})

test('a role that is gone, or named like something of JavaScript, gives nothing', () => {
  expect(permissionsOf(['customer', 'gone', 'constructor', '__proto__'], [])).toEqual([])
})

test('no custom role replaces a built-in one', () => {
  expect(permissionsOf(['customer'], [{ name: 'customer', permissions: ['staff:write'] }])).toEqual([])
})

test('what somebody lacks is named', () => {
  expect(findLacking(['orders:read'], ['orders:read', 'orders:write'])).toBe('orders:write')
  expect(findLacking(['orders:read'], [])).toBeNull()
  expect(unknownRoles(['admin', 'packer', 'wizard'], [packer])).toEqual(['wizard'])
})
