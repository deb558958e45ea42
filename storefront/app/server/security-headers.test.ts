import { expect, test } from 'bun:test'
import { addSecurityHeaders, isForgedPost } from '#app/server/security-headers.server.ts'

const headersFor = (publicUrl: string, own: Record<string, string> = {}) => {
  const headers = new Headers(own)
  addSecurityHeaders(headers, publicUrl)
  return headers
}

test('a shop behind https keeps browsers there, one without says nothing of it', () => {
  expect(headersFor('https://shop.test').get('Strict-Transport-Security')).toContain('max-age=31536000')
  expect(headersFor('http://localhost:8080').has('Strict-Transport-Security')).toBe(false)
})

test('a page that says a header itself keeps its own', () => {
  expect(headersFor('http://localhost:8080', { 'X-Frame-Options': 'SAMEORIGIN' }).get('X-Frame-Options')).toBe(
    'SAMEORIGIN',
  )
  expect(headersFor('http://localhost:8080').get('X-Frame-Options')).toBe('DENY')
})

const post = (headers: Record<string, string>, method = 'POST') =>
  isForgedPost(new Request('http://storefront:3000/cart', { method, headers }), 'http://localhost:8080')

test.each([
  [{ 'Sec-Fetch-Site': 'cross-site' }, true],
  [{ 'Sec-Fetch-Site': 'same-origin' }, false],
  [{ Origin: 'https://evil.test' }, true],
  [{ Origin: 'null' }, true],
  [{ Origin: 'http://localhost:8080' }, false],
  [{}, false],
])('a form sent with %j is forged: %p', (headers, isForged) => {
  expect(post(headers)).toBe(isForged)
  expect(post(headers, 'GET')).toBe(false)
})
