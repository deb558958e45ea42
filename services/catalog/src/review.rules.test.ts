import { expect, test } from 'bun:test'
import { authorOf } from './review.rules.ts'

test('a reviewer is named by first name and initial', () => {
  expect(authorOf('Leyla Kaya')).toBe('Leyla K.')
  expect(authorOf('  Ana  de  souza ')).toBe('Ana S.')
})

test('a reviewer with one name has that one, one without a name is a customer', () => {
  expect(authorOf('Leyla')).toBe('Leyla')
  expect(authorOf(' ')).toBe('Customer')
})
