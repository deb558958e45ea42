import { expect, test } from 'bun:test'
import { checkCard, fieldErrorOf, formatCvc, formatExpiry, formatNumber } from './card.field.rules.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const codes = (number: string, expiry: string, cvc: string) =>
  checkCard({ number, expiry, cvc }, NOW).map(({ code }) => code)

test.each([
  ['4242424242424242', '4242 4242 4242 4242'],
  ['42424', '4242 4'],
  ['378282246310005', '3782 822463 10005'],
  ['4242-4242 4242x4242999', '4242 4242 4242 4242'],
])('the number %s is shown as %s', (typed, shown) => expect(formatNumber(typed)).toBe(shown))

test.each([
  ['1', '1'],
  ['12', '12 / '],
  ['5', '05 / '],
  ['1234', '12 / 34'],
  ['12 / 34', '12 / 34'],
  ['12/2034', '12 / 34'],
  ['1/', '01 / '],
])('the expiry %s is shown as %s', (typed, shown) => expect(formatExpiry(typed)).toBe(shown))

test('the separator of the expiry can be deleted', () => expect(formatExpiry('12 /', true)).toBe('12'))

test('American Express has four digits of security code', () => {
  expect(formatCvc('12345', '3782')).toBe('1234')
  expect(formatCvc('12345', '4242')).toBe('123')
})

test('an empty form names every missing part', () => {
  expect(codes('', '', '')).toEqual(['incomplete_number', 'incomplete_expiry', 'incomplete_cvc'])
})

test('a good card has no problem', () => expect(codes('4242 4242 4242 4242', '12 / 34', '123')).toEqual([]))

test.each([
  ['4242 4242 4242 4241', '12 / 34', '123', 'invalid_number'],
  ['4242 4242 4242 4242', '13 / 34', '123', 'invalid_expiry_month'],
  ['4242 4242 4242 4242', '12 / 25', '123', 'invalid_expiry_year_past'],
  ['4242 4242 4242 4242', '10 / 26', '123', 'invalid_expiry_month_past'],
  ['4242 4242 4242 4242', '12 / 34', '12', 'incomplete_cvc'],
])('%s, %s, %s has the problem %s', (number, expiry, cvc, code) => expect(codes(number, expiry, cvc)).toEqual([code]))

test('an answer of the bank is shown beside the field it is about', () => {
  expect(fieldErrorOf('incorrect_cvc', 'Wrong.')).toEqual({ field: 'cvc', code: 'incorrect_cvc', message: 'Wrong.' })
  expect(fieldErrorOf('processing_error', 'Later.')).toBeNull()
})
