import { expect, test } from 'bun:test'
import {
  combinationKey,
  combinationsOf,
  parseOptions,
  parseValues,
  printValues,
  suggestSkus,
} from '#app/features/admin-products/matrix.ts'

test('values are parted by commas, said twice they count once', () => {
  expect(parseValues(' Red, Blue ,,Red')).toEqual(['Red', 'Blue'])
})

test('a semicolon lets values contain commas, and printing them reads back the same', () => {
  for (const values of [['Wired', 'Wireless, quiet'], ['Wireless, quiet'], ['Red', 'Blue']])
    expect(parseValues(printValues(values))).toEqual(values)
})

test('two options of two values make four variants', () => {
  const options = parseOptions([
    { name: 'Color', values: 'Red, Blue' },
    { name: 'Size', values: 'S, M' },
    { name: '', values: 'left out' },
  ])
  expect(combinationsOf(options)).toEqual([
    { Color: 'Red', Size: 'S' },
    { Color: 'Red', Size: 'M' },
    { Color: 'Blue', Size: 'S' },
    { Color: 'Blue', Size: 'M' },
  ])
})

test('a product without options has one variant', () => {
  expect(combinationsOf([])).toEqual([{}])
})

test('the order of options does not matter for what a variant is', () => {
  expect(combinationKey({ a: '1', b: '2' })).toBe(combinationKey({ b: '2', a: '1' }))
})

test('suggested SKUs are readable and never twice the same', () => {
  expect(suggestSkus('Lyra headphones', [{ Color: 'Crème' }, { Color: 'Crème!' }])).toEqual([
    'LYRA-CREME',
    'LYRA-CREME-2',
  ])
  expect(suggestSkus('', [{}])).toEqual(['ITEM'])
})
