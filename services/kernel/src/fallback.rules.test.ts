import { expect, test } from 'bun:test'
import { isOfApi, unclaimed, wordless } from './fallback.rules.ts'

test('a service that is away is unavailable, a path of no service is not found', () => {
  expect(unclaimed('/api/orders/ord_1', false)).toMatchObject({ status: 503, code: 'unavailable' })
  expect(unclaimed('/api/cart', false)).toMatchObject({ status: 503, code: 'unavailable' })
  expect(unclaimed('/api/nowhere', false)).toMatchObject({ status: 404, code: 'not_found' })
  // Its routes begin below its name, whether it runs or not.
  expect(unclaimed('/api/catalog', false)).toMatchObject({ status: 404, code: 'not_found' })
})

test('what is private stays unknown outside, and is unavailable inside', () => {
  for (const path of ['/api/auth/authorize', '/internal/orders/x']) {
    expect(unclaimed(path, false).code).toBe('not_found')
    expect(unclaimed(path, true).code).toBe('unavailable')
  }
})

test('what Traefik says without words keeps its meaning', () => {
  expect(wordless(413, '/api/auth/login')).toMatchObject({ status: 413, code: 'too_large' })
  expect(wordless(431, '/api/catalog/products')).toMatchObject({ status: 400, code: 'invalid_input' })
  for (const status of [502, 503, 504])
    expect(wordless(status, '/api/orders/1')).toMatchObject({ status: 503, code: 'unavailable' })
  expect(wordless(502, '/api/orders/1').message).toContain('orders')
})

test('programs get the envelope, people a page', () => {
  expect([isOfApi('/api/orders'), isOfApi('/API/orders'), isOfApi('/apiary'), isOfApi('/account')]).toEqual([
    true,
    true,
    false,
    false,
  ])
})
