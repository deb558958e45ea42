import { expect, test } from 'bun:test'
import { COUNTRIES } from './countries.ts'
import { postalProblems, postcodeExample } from './postal-rules.ts'

test('every country the shop delivers to has a postcode rule that its own example fits', () => {
  for (const country of COUNTRIES) {
    const postalCode = postcodeExample(country)
    expect(postalCode, country).toBeDefined()
    expect(postalProblems({ country, postalCode, region: 'any' }), country).toEqual({})
  }
})

test('a postcode of another shape is told with an example', () => {
  expect(postalProblems({ country: 'DE', postalCode: '1043' }).postalCode?.[0]).toContain('10437')
  expect(postalProblems({ country: 'DE', postalCode: ' 10437 ' })).toEqual({})
  expect(postalProblems({ country: 'NL', postalCode: '1012js' })).toEqual({})
})

test('the province is asked for where the post needs it', () => {
  expect(postalProblems({ country: 'IT', postalCode: '00144' })).toHaveProperty('region')
  expect(postalProblems({ country: 'IT', postalCode: '00144', region: 'RM' })).toEqual({})
  expect(postalProblems({ country: 'FR', postalCode: '75001' })).toEqual({})
})
