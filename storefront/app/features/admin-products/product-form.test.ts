import { expect, test } from 'bun:test'
import { parseRows, variantRows } from '#app/features/admin-products/product-form.ts'

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
