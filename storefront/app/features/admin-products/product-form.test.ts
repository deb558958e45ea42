import { expect, test } from 'bun:test'
import type { Product } from '@vitrine/contracts/catalog'
import { copyOf, parseRows, variantRows } from '#app/features/admin-products/product-form.ts'

const form = {
  title: 'Kiosk radio',
  price: '89',
  'option.0.name': 'Color',
  'option.0.values': 'Red, Blue',
  'option.1.name': 'Plug',
  'option.1.values': 'EU, UK',
}

test('the grid has a line for each combination, with the common price and a SKU to begin with', () => {
  const rows = variantRows(form)
  expect(rows).toHaveLength(4)
  expect(rows[0]).toEqual({
    options: { Color: 'Red', Plug: 'EU' },
    sku: 'KIOSK-RED-EU',
    price: '89',
    was: '',
    onHand: '0',
  })
})

test('what was typed for a combination stays with it when values are added', () => {
  const rows = variantRows({ ...form, 'option.0.values': 'Green, Red', 'price.Color=Red|Plug=EU': '95' })
  expect(rows.find(({ options }) => options.Color === 'Red' && options.Plug === 'EU')?.price).toBe('95')
})

test('combinations that exist already are left out', () => {
  expect(variantRows(form, (key) => key.includes('Color=Red'))).toHaveLength(2)
})

test('prices become minor units', () => {
  const { variants, errors } = parseRows([{ options: {}, sku: 'A', price: '12,50', was: '20', onHand: '3' }])
  expect(errors).toEqual({})
  expect(variants).toEqual([
    {
      sku: 'A',
      options: {},
      price: { amount: 1250, currency: 'EUR' },
      compareAtPrice: { amount: 2000, currency: 'EUR' },
      onHand: 3,
    },
  ])
})

test('a SKU used twice, a missing price and half a piece are each told at their field', () => {
  const { errors } = parseRows([
    { options: { Color: 'Red' }, sku: 'A', price: '1', was: '', onHand: '1' },
    { options: { Color: 'Blue' }, sku: 'A', price: '', was: 'x', onHand: '1.5' },
  ])
  expect(Object.keys(errors).sort()).toEqual([
    'onHand.Color=Blue',
    'price.Color=Blue',
    'sku.Color=Blue',
    'was.Color=Blue',
  ])
})

test('a copy has the options and prices, SKUs and an address of its own, and is a draft', () => {
  const price = { amount: 8900, currency: 'EUR' }
  const options = [{ name: 'Color', values: ['Red', 'Blue'] }]
  const variants = ['Red', 'Blue'].map((Color) => ({ sku: `KIOSK-${Color}`, options: { Color }, price }))
  // Only what a copy reads of a product.
  const product = {
    title: 'Kiosk radio',
    description: '',
    category: 'listen',
    status: 'active',
    slug: 'kiosk',
    options,
  }
  const values = copyOf({ ...product, variants } as unknown as Product)
  expect(values).toMatchObject({ title: 'Kiosk radio, copy', status: 'draft' })
  expect(values).not.toHaveProperty('slug')
  expect(variantRows(values).map(({ sku, price: typed }) => [sku, typed])).toEqual([
    ['KIOSK-Red-2', '89'],
    ['KIOSK-Blue-2', '89'],
  ])
})
