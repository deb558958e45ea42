import { expect, test } from 'bun:test'
import { actTitle, differencesOf, factsOf } from './audit-words.ts'

test('an act has words of its own, or those of its name', () => {
  expect(actTitle('session.login_failed')).toBe('Failed to sign in')
  expect(actTitle('product.changed')).toBe('Product changed')
})

test('only what differs between before and after is shown', () => {
  const details = { before: { roles: ['support'], isDisabled: false }, after: { roles: [], isDisabled: false } }
  expect(differencesOf(details)).toEqual([{ name: 'roles', before: 'support', after: 'nothing' }])
  expect(differencesOf({ before: null, after: { email: 'a@example.com' } })).toEqual([
    { name: 'email', before: 'nothing', after: 'a@example.com' },
  ])
  expect(differencesOf({})).toEqual([])
})

test('repeats are told as a number of times, a single one is not', () => {
  expect(factsOf({ permission: 'staff:write', count: 3 })).toEqual(['staff:write', '3 times'])
  expect(factsOf({ permission: 'staff:write', count: 1, before: {}, after: {} })).toEqual(['staff:write'])
})

test('of a changed object only the values that changed are told, each by its path', () => {
  const price = (amount: number) => ({ amount, currency: 'EUR' })
  const before = {
    variants: [
      { sku: 'A', price: price(1000) },
      { sku: 'B', price: price(2000) },
    ],
    title: 'Mug',
  }
  const after = {
    variants: [
      { sku: 'B', price: price(2500) },
      { sku: 'A', price: price(1000) },
    ],
    title: 'Mug',
  }
  expect(differencesOf({ before, after })).toEqual([{ name: 'variants B price', before: '€20.00', after: '€25.00' }])
})
