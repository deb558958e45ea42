import { expect, test } from 'bun:test'
import { signInPath } from './sign-in-path.ts'

const SHOP = 'https://shop.test'

const backOf = (method: string, uri: string, referer: string | null = null) =>
  new URL(signInPath({ method, uri, referer }), SHOP).searchParams.get('to')

test('who opens a page without a session comes back to it after signing in', () => {
  expect(backOf('GET', '/account/orders?cursor=a%2Fb')).toBe('/account/orders?cursor=a%2Fb')
  expect(backOf('GET', '/account/orders', `${SHOP}/account`)).toBe('/account/orders')
})

test('who sends a form without a session comes back to the page it stands on, which knows that it was not sent', () => {
  const addresses = `${SHOP}/account/addresses?change=adr_1`
  expect(backOf('POST', '/account/addresses', addresses)).toBe('/account/addresses?change=adr_1#unsent')
  expect(backOf('POST', '/admin/products/1', `${SHOP}/admin/products/1?done=details`)).toBe('/admin/products/1#unsent')
  expect(backOf('POST', '/account/profile')).toBe('/account/profile#unsent')
  expect(backOf('POST', '/account/profile', 'no address')).toBe('/account/profile#unsent')
})

test('nobody is led to another site after signing in', () => {
  for (const uri of ['//evil.test', '/\\evil.test', 'https://evil.test', '/x\r\nSet-Cookie: a=b'])
    expect(backOf('GET', uri)).toBe('/')
  expect(backOf('POST', '/account', 'https://evil.test//evil.test/')).toBe('/account#unsent')
})
