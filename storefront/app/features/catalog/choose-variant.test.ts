import { expect, test } from 'bun:test'
import type { Product, Variant } from '@vitrine/contracts/catalog'
import { choicesFor, findVariant, selectionFrom } from '#app/features/catalog/choose-variant.ts'

const price = { amount: 1000, currency: 'EUR' as const }
const variant = (sku: string, Color: string, Size: string, available: number): Variant => ({
  sku,
  options: { Color, Size },
  price,
  available,
  pictureIds: [],
})

const shirt: Product = {
  id: 'prd_1',
  slug: 'shirt',
  title: 'Shirt',
  description: '',
  brand: null,
  category: 'wear',
  categoryPath: [],
  status: 'active',
  options: [
    { name: 'Color', values: ['Red', 'Blue'] },
    { name: 'Size', values: ['S', 'M'] },
  ],
  variants: [variant('RS', 'Red', 'S', 0), variant('RM', 'Red', 'M', 5), variant('BS', 'Blue', 'S', 2)],
  priceRange: { min: price, max: price },
  available: 7,
  pictures: [],
  rating: { average: 0, count: 0 },
  version: 1,
  createdAt: '2026-11-21T00:00:00.000Z',
  updatedAt: '2026-11-21T00:00:00.000Z',
}

test('the address selects by any spelling and ignores values that do not exist', () => {
  expect(selectionFrom(shirt, new URLSearchParams('color=red&Size=XXL'))).toEqual({ Color: 'Red' })
})

test('an open choice takes the first variant that can be bought', () => {
  expect(findVariant(shirt, {})?.sku).toBe('RM')
  expect(findVariant(shirt, { Color: 'Red', Size: 'S' })?.sku).toBe('RS')
})

test('a combination that does not exist leads to the nearest one and says that it is unavailable', () => {
  const choices = choicesFor(shirt, 'Size', { Color: 'Blue', Size: 'S' })
  expect(choices.map((choice) => [choice.value, choice.isAvailable, choice.variant?.sku])).toEqual([
    ['S', true, 'BS'],
    ['M', false, 'RM'],
  ])
})
