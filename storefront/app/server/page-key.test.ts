import { expect, test } from 'bun:test'
import { pageKeyOf, standInFor, textOf } from '#app/server/page-key.server.ts'

const IDS = { 'x-request-id': 'req_of_visit', traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' }
const visit = (path: string, cookie = '', method = 'GET') =>
  new Request(`http://shop.test${path}`, { method, headers: { cookie, ...IDS } })
const keyText = (path: string, cookie = '') => {
  const key = pageKeyOf(visit(path, cookie))
  return key && textOf(key)
}

test('pages of the shop are for many, whatever the order of their filters and wherever the visitor came from', () => {
  expect(keyText('/products?sort=price&brand=Ostra&utm_source=mail')).toBe(keyText('/products?brand=Ostra&sort=price'))
  expect(keyText('/products?brand=Ostra')).not.toBe(keyText('/products?brand=Nord'))
  expect(keyText('/products/teapot?Color=Red&ref=x')).toBe(keyText('/products/teapot?Color=Red'))
  for (const path of ['/', '/search?q=lamp', '/categories/kitchen']) expect(keyText(path)).not.toBeNull()
})

test('what is said to one visitor, and every other page, is for nobody else', () => {
  for (const path of ['/products/teapot?problem=Sold+out', '/cart', '/account', '/admin', '/checkout', '/recent'])
    expect(pageKeyOf(visit(path))).toBeNull()
  expect(pageKeyOf(visit('/products', '', 'POST'))).toBeNull()
  expect(pageKeyOf(visit('/products/teapot?told=1'))).toBeNull()
  expect(pageKeyOf(visit('/products?unheard=of'))).toBeNull()
})

test('visitors share a page only if they share all that it says of them', () => {
  const texts = ['', 'cart_count=2', 'cart_count=3', 'vitrine_access=a.b.c', 'recent=prd_1'].map((cookie) =>
    keyText('/products/teapot', cookie),
  )
  expect(new Set(texts).size).toBe(texts.length)
  expect(keyText('/products/teapot', 'vitrine_access=mine')).toBe(keyText('/products/teapot', 'vitrine_access=yours'))
})

test('the product that is open does not count as looked at', () => {
  expect(pageKeyOf(visit('/products/teapot', 'recent=prd_1'), 'prd_1')?.hasRecent).toBe(false)
  expect(pageKeyOf(visit('/products/teapot', 'recent=prd_1.prd_2'), 'prd_1')?.hasRecent).toBe(true)
})

test('the stand-in has nothing of the visitor but what the key says', () => {
  const secrets =
    'vitrine_access=secret.token; vitrine_refresh=secret; cart=crt_secret; recent=prd_secret; cart_count=2'
  const visitor = visit('/products/teapot?Color=Red', secrets)
  const key = pageKeyOf(visitor)
  if (!key) throw new Error('This page is for many.')
  const standIn = standInFor(key, 'mark', visitor)
  expect(standIn.url).toEndWith('/products/teapot?Color=Red')
  expect(standIn.headers.get('cookie')).toBe('cart_count=2; vitrine_access=-; recent=-')
  expect(JSON.stringify([...standIn.headers])).not.toContain('secret')
})

test('what the stand-in asks the services is found under the ids of the visit', () => {
  const visitor = visit('/products/teapot')
  const key = pageKeyOf(visitor)
  const headers = key && standInFor(key, 'mark', visitor).headers
  expect([headers?.get('x-request-id'), headers?.get('traceparent')]).toEqual([IDS['x-request-id'], IDS.traceparent])
})
