import { expect, test } from 'bun:test'
import { API_NAMES } from '@vitrine/contracts/identity'
import { call, replicaUrl, state, tokenOf } from './edge.client.ts'

const anyProduct = async () => (await call('/api/catalog/products?limit=1')).data.items[0]
const detail = async (id: string) => (await call(`/api/catalog/products/${id}`)).data

test.each(API_NAMES)('the health of %s is answered through the gateway', async (service) => {
  const { status, data } = await call(`/api/${service}/health`)
  expect(status).toBe(200)
  expect(data.status).toBe('ok')
  expect(Object.keys(data.checks).length).toBeGreaterThan(0)
})

test.each(API_NAMES)('the OpenAPI document of %s is answered through the gateway', async (service) => {
  const { status, text } = await call(`/api/${service}/openapi.json`)
  expect(status).toBe(200)
  expect(Object.keys(JSON.parse(text).paths).length).toBeGreaterThan(2)
})

test('editing a product: nobody 401, shopper and support 403, admin 200 and the shop shows the new price', async () => {
  const product = await detail((await anyProduct()).id)
  const path = `/api/catalog/products/${product.id}`
  const body = { title: product.title, version: product.version }
  expect((await call(path, { method: 'PATCH', body })).status).toBe(401)
  for (const role of ['shopper', 'support', 'orders'] as const) {
    const refused = await call(path, { method: 'PATCH', body, token: await tokenOf(role) })
    expect(refused.status).toBe(403)
    expect(refused.error.details?.permission).toBe('catalog:write')
  }
  const token = await tokenOf('admin')
  const variant = product.variants[0]
  const price = { amount: variant.price.amount + 101, currency: variant.price.currency }
  const edited = await call(`${path}/variants/${variant.sku}`, { method: 'PATCH', body: { price }, token })
  expect(edited.status).toBe(200)
  const page = await call(`/products/${product.slug}?${new URLSearchParams(variant.options)}`)
  const shown = new Intl.NumberFormat('en', { style: 'currency', currency: price.currency }).format(price.amount / 100)
  expect(page.text).toContain(shown)
  const restored = await call(`${path}/variants/${variant.sku}`, {
    method: 'PATCH',
    body: { price: variant.price },
    token,
  })
  expect(restored.status).toBe(200)
})

test('an edit without a version is refused, a stale one is a conflict', async () => {
  const product = await detail((await anyProduct()).id)
  const path = `/api/catalog/products/${product.id}`
  const token = await tokenOf('admin')
  expect((await call(path, { method: 'PATCH', body: { title: product.title }, token })).status).toBe(400)
  const stale = await call(path, {
    method: 'PATCH',
    body: { title: product.title, version: product.version + 7 },
    token,
  })
  expect(stale.status).toBe(409)
  expect(stale.error.code).toBe('version_conflict')
})

test('the container itself refuses the admin’s bearer without an assertion', async () => {
  const product = await detail((await anyProduct()).id)
  const base = replicaUrl('catalog')
  const reply = await call(`/api/catalog/products/${product.id}`, {
    base,
    method: 'PATCH',
    token: await tokenOf('admin'),
    body: { title: 'Owned', version: product.version },
  })
  expect(reply.status).toBe(401)
})

test.each([
  ['X-Identity', 'forged'],
  ['X_Identity', 'forged'],
  ['X-Service', 'orders'],
  ['X-User-Id', 'admin'],
])('a forged %s header opens nothing', async (name, value) => {
  const product = await detail((await anyProduct()).id)
  const reply = await call(`/api/catalog/products/${product.id}`, {
    method: 'PATCH',
    headers: { [name]: value },
    body: { title: 'Owned', version: product.version },
  })
  expect([400, 401]).toContain(reply.status)
})

test.each([
  '/internal/catalog/variants?skus=A',
  '/internal/orders/x',
  '/internal/orders/testing',
  '/internal/payments/testing/x',
  '/metrics',
  '/api/auth/authorize',
  '/_control/reset',
  '/stripe/_control/reset',
])('the public entry point does not lead to %s', async (path) => {
  const { status } = await call(path)
  expect([401, 403, 404, 405, 503]).toContain(status)
})

test.each([
  '/api/catalog/../orders?scope=all',
  '/api/catalog/products/..%2f..%2forders',
  '/api/catalog/%2e%2e/auth/users',
  '/api//catalog/inventory',
])('the path %s reaches nothing protected', async (path) => {
  const { status } = await call(path)
  expect([301, 308, 400, 401, 403, 404]).toContain(status)
})

test('an unlisted method or path of the catalog needs the strictest permission', async () => {
  expect((await call('/api/catalog/nothing-here')).status).toBe(401)
  expect((await call('/api/catalog/products', { method: 'PUT', body: {} })).status).toBe(401)
  expect((await call('/api/catalog/products?status=draft')).status).toBe(401)
})

test('a body over the limit is refused in the envelope', async () => {
  const { status, error } = await call('/api/auth/login', {
    method: 'POST',
    body: { email: 'a@b.test', password: 'x'.repeat(2_000_000) },
  })
  expect(status).toBe(413)
  expect(error.code).toBe('too_large')
})

test('every reply of ours carries a request id, the caller’s when well-formed', async () => {
  const reply = await call('/api/catalog/products?limit=1', { headers: { 'x-request-id': 'test-request-0001' } })
  expect(reply.headers.get('x-request-id')).toBe('test-request-0001')
})

test('an unknown API address answers not_found in the envelope or asks for credentials', async () => {
  const { status, error } = await call('/api/nowhere')
  expect([404, 503]).toContain(status)
  expect(error.code.length).toBeGreaterThan(0)
})

test('the pages carry a strict content security policy', async () => {
  const { headers } = await call('/')
  const policy = headers.get('content-security-policy') ?? ''
  expect(policy).toContain("object-src 'none'")
  expect(policy).not.toContain('unsafe-inline')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
})

test('the admin pages send nobody to the sign-in page and refuse a shopper', async () => {
  const nobody = await call('/admin')
  expect(nobody.status).toBe(303)
  expect(nobody.headers.get('location')).toContain('/login?to=')
  const shopper = await call('/admin', { headers: { cookie: `vitrine_access=${await tokenOf('shopper')}` } })
  expect(shopper.status).toBe(403)
  expect((await call('/account')).status).toBe(303)
})

test('real mongod, redis-server and Traefik serve the mesh', async () => {
  const services = state().replicas.map((replica) => replica.service)
  expect(services).toEqual(expect.arrayContaining(['mongo', 'redis', 'traefik', 'catalog', 'storefront']))
})
