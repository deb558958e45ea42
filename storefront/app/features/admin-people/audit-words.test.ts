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
