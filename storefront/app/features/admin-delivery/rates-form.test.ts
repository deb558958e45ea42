import { expect, test } from 'bun:test'
import { tiersOf, tiersText, toRates } from '#app/features/admin-delivery/rates-form.ts'

const filled = {
  version: '3',
  taxIncluded: 'on',
  'tax.DE': '19',
  'tax.CH': '8.1',
  'tax.FR': '',
  'z0.id': 'home',
  'z0.name': 'Germany',
  'z0.countries': 'de',
  'm0.0.id': 'standard',
  'm0.0.name': 'Standard',
  'm0.0.estimate': '3 days',
  'm0.0.tiers': '0: 4.90, 50: 0',
  'm0.1.name': '',
  'm0.1.tiers': '',
  'z1.name': '',
  'z1.countries': '',
}

test('prices by worth are written and read in one line', () => {
  const tiers = [
    { from: 0, price: 490 },
    { from: 5000, price: 0 },
  ]
  expect(tiersText(tiers)).toBe('0: 4.90, 50: 0')
  expect(tiersOf('0: 4.90, 50: 0')).toEqual(tiers)
  expect(tiersOf('free')).toBeNull()
})

test('empty rows of the form are no zones, no deliveries and no taxes', () => {
  const read = toRates(filled)
  expect('rates' in read && read.rates).toMatchObject({
    version: 3,
    taxPermille: { DE: 190, CH: 81 },
    zones: [{ id: 'home', countries: ['DE'], methods: [{ id: 'standard', tiers: [{ price: 490 }, { from: 5000 }] }] }],
  })
})

test('what cannot be read is named by its field', () => {
  const read = toRates({ ...filled, 'm0.0.tiers': 'cheap', 'z0.countries': 'Germany', 'tax.DE': 'much' })
  expect('problems' in read && Object.keys(read.problems).sort()).toEqual(['m0.0.tiers', 'tax.DE', 'z0.countries'])
})
