import { expect, test } from 'bun:test'
import { createPatternOf, routesOf } from '#app/server/route-pattern.ts'

const ROUTES = {
  root: { path: '' },
  _index: { parentId: 'root' },
  $: { path: '*', parentId: 'root' },
  product: { path: 'products/:slug', parentId: 'root' },
  products: { path: 'products', parentId: 'root' },
  admin: { path: 'admin', parentId: 'root' },
  order: { path: 'orders/:id', parentId: 'admin' },
  sitemap: { path: 'sitemap.xml', parentId: 'root' },
}
const patternOf = createPatternOf(ROUTES)

test('a page is named by its route, also when only its data is asked for', () => {
  const named = {
    '/': '/',
    '/_root.data': '/',
    '/products': '/products',
    '/products/': '/products',
    '/products/teapot': '/products/:slug',
    '/Products/teapot.data': '/products/:slug',
    '/admin/orders/ord_1': '/admin/orders/:id',
    '/sitemap.xml': '/sitemap.xml',
    '/wp-admin/x.php': '/*',
  }
  for (const [path, pattern] of Object.entries(named)) expect([path, patternOf(path)]).toEqual([path, pattern])
})

test('a page is made of the routes of its pattern and those they stand in, and of no other', () => {
  expect(routesOf(ROUTES, '/')).toEqual(['root', '_index'])
  expect(routesOf(ROUTES, '/admin/orders/:id')).toEqual(['order', 'admin', 'root'])
  expect(routesOf(ROUTES, 'none')).toEqual([])
})
