import { expect, test } from 'bun:test'
import type { Identity } from '@vitrine/contracts/identity'
import { audienceOf, decide, isCookieAllowed, isRedirected } from './authorize.rules.ts'

const staff: Identity = {
  userId: 'u',
  sessionId: 's',
  name: 'Sana Support',
  roles: ['support'],
  permissions: ['orders:read'],
}
const shopper: Identity = { ...staff, roles: ['customer'], permissions: [] }

test('the audience is the service whose path is called, else the storefront', () => {
  expect(audienceOf('/api/payments/config')).toBe('payments')
  expect(audienceOf('/api/cart?x=/api/orders')).toBe('cart')
  expect(audienceOf('/api/unknown')).toBe('storefront')
  expect(audienceOf('/admin/api/orders')).toBe('storefront')
})

test('a demand is met by what the identity holds', () => {
  expect(decide('anyone', null).outcome).toBe('pass')
  expect(decide('signed-in', null).outcome).toBe('unauthenticated')
  expect(decide('page', shopper).outcome).toBe('pass')
  expect(decide('staff-page', shopper).outcome).toBe('forbidden')
  expect(decide('staff-page', staff).outcome).toBe('pass')
  expect(decide('orders:read', staff).outcome).toBe('pass')
  expect(decide('orders:write', staff)).toEqual({ outcome: 'forbidden', permission: 'orders:write' })
})

test('cookies never authorise a write of the API', () => {
  expect(isCookieAllowed('signed-in', 'GET')).toBe(true)
  expect(isCookieAllowed('signed-in', 'HEAD')).toBe(true)
  expect(isCookieAllowed('signed-in', 'DELETE')).toBe(false)
  expect(isCookieAllowed('page', 'POST')).toBe(true)
})

test('only pages are redirected, and not what their scripts ask for', () => {
  expect(isRedirected('page', '/account')).toBe(true)
  expect(isRedirected('page', '/account.data')).toBe(false)
  expect(isRedirected('signed-in', '/api/orders')).toBe(false)
})
