import { expect, test } from 'bun:test'
import { guardCell, parsePrice, printPrice, unguardCell } from './cell.rules.ts'

test('no cell of an export starts a formula, and every one comes back as it was', () => {
  for (const text of [
    '=1+1',
    '+49 30',
    '-5',
    '@sum',
    "'=quoted",
    "''@x",
    "it's",
    "'tis",
    '',
    'plain',
    '\t=1',
    '＝1',
    'a=b',
  ]) {
    expect(guardCell(text)).not.toMatch(/^[=+\-@\t\r＝＋－＠]/)
    expect(unguardCell(guardCell(text))).toBe(text)
  }
})

test('prices are read with a point or a comma and printed with two digits', () => {
  expect(['19.9', '19,90', '0.05', '1299', ' 7.00 '].map(parsePrice)).toEqual([1990, 1990, 5, 129900, 700])
  for (const wrong of ['', '-1', '1.234', '1,000.00', '€5', '1e3', '9999999']) expect(parsePrice(wrong)).toBeNull()
  for (const amount of [0, 5, 99, 100, 1990, 99_999_999]) expect(parsePrice(printPrice(amount))).toBe(amount)
})
