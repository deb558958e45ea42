import { expect, test } from 'bun:test'
import { BUILT_IN_ROLES } from '@vitrine/contracts/permissions'
import { isCurrent, menuFor } from '#app/features/admin-shell/menu.ts'

const titles = (role: string) =>
  menuFor(BUILT_IN_ROLES[role] ?? []).flatMap(({ items }) => items.map(({ title }) => title))

test('an admin sees every page', () => {
  expect(titles('admin')).toContain('Staff and roles')
})

test('support sees what it may read and not the staff page', () => {
  expect(titles('support')).toContain('Messages')
  expect(titles('support')).not.toContain('Staff and roles')
})

test('an order manager sees neither staff nor the audit log', () => {
  expect(titles('order-manager')).toContain('Orders')
  expect(titles('order-manager')).not.toContain('Audit log')
})

test('the dashboard is not current below it', () => {
  expect(isCurrent('/admin', '/admin/orders')).toBe(false)
  expect(isCurrent('/admin/orders', '/admin/orders/ord_1')).toBe(true)
})
