import { afterAll, beforeAll, expect, test } from 'bun:test'
import { decodeProtectedHeader } from 'jose'
import { startTestAuth, type TestAuth } from './app.testing.ts'

let auth: TestAuth
const tokens: Record<string, string> = {}
const ids: Record<string, string> = {}

beforeAll(async () => {
  auth = await startTestAuth()
  for (const role of ['admin', 'order-manager', 'support', 'customer']) {
    const { accessToken, user } = await auth.registerAs(`${role}@example.com`, [role])
    tokens[role] = accessToken
    ids[role] = user.id
  }
})
afterAll(() => auth.stop())

const as = (role: string, more: Record<string, string> = {}) => ({ authorization: `Bearer ${tokens[role]}`, ...more })
const edge = (method: string, uri: string) => ({ 'x-forwarded-method': method, 'x-forwarded-uri': uri })

test.each([
  ['customer', 403],
  ['support', 403],
  ['order-manager', 403],
  ['admin', 200],
])('%s editing the catalog is answered %i', async (role, status) => {
  const reply = await auth.authorize('catalog:write', as(role, edge('PATCH', '/api/catalog/products/1')))
  expect(reply.status).toBe(status)
  if (status === 403)
    expect(reply.body.error).toMatchObject({ code: 'forbidden', details: { permission: 'catalog:write' } })
})

test('nobody editing the catalog is answered 401 in the envelope', async () => {
  const reply = await auth.authorize('catalog:write', edge('PATCH', '/api/catalog/products/1'))
  expect(reply.status).toBe(401)
  expect(reply.body).toMatchObject({ success: false, error: { code: 'unauthenticated' } })
})

test('the assertion names the person, the roles and one service, and lives a minute', async () => {
  const reply = await auth.authorize('orders:read', as('support', edge('GET', '/api/orders/?scope=all')))
  const assertion = reply.headers.get('x-identity') ?? ''
  expect(decodeProtectedHeader(assertion).alg).toBe('EdDSA')
  expect(await auth.readAssertion(assertion, 'orders')).toMatchObject({ userId: ids.support, roles: ['support'] })
  expect(await auth.readAssertion(assertion, 'catalog')).toBeNull()
  auth.clock.advance(61_000)
  expect(await auth.readAssertion(assertion, 'orders')).toBeNull()
})

test('an assertion is signed once for a session and service within 30 s', async () => {
  const ask = async (uri: string) =>
    (await auth.authorize('anyone', as('admin', edge('GET', uri)))).headers.get('x-identity')
  expect(await ask('/api/cart/')).toBe(await ask('/api/cart/lines'))
  expect(await ask('/api/cart/')).not.toBe(await ask('/api/orders/'))
})

test('guests pass where anyone may, with an empty identity', async () => {
  const reply = await auth.authorize('anyone', edge('GET', '/api/cart/'))
  expect(reply.status).toBe(200)
  expect(reply.headers.get('x-identity')).toBe('')
})

test('a bearer token that is worth nothing is refused rather than taken for a guest', async () => {
  expect((await auth.authorize('anyone', { authorization: 'Bearer nonsense' })).status).toBe(401)
})

test('a cookie speaks for reads of the API and not for writes', async () => {
  const cookie = { cookie: `theme=dark; vitrine_access=${tokens.admin}` }
  expect((await auth.authorize('orders:read', { ...cookie, ...edge('GET', '/api/orders/') })).status).toBe(200)
  expect((await auth.authorize('orders:write', { ...cookie, ...edge('POST', '/api/orders/1/ship') })).status).toBe(401)
  expect((await auth.authorize('staff-page', { ...cookie, ...edge('POST', '/admin/products') })).status).toBe(200)
})

test('nobody is led from a page to sign in and back', async () => {
  const reply = await auth.authorize('page', edge('GET', '/account/orders?page=2'))
  expect(reply.status).toBe(303)
  expect(reply.headers.get('location')).toBe('/login?to=%2Faccount%2Forders%3Fpage%3D2')
  expect((await auth.authorize('staff-page', edge('GET', '/admin'))).status).toBe(303)
})

test('who sends a form without a session is led to sign in and back to the page it stands on', async () => {
  const referer = 'http://localhost:8080/account/addresses?change=adr_1'
  const reply = await auth.authorize('page', { referer, ...edge('POST', '/account/addresses') })
  expect(reply.status).toBe(303)
  const back = encodeURIComponent('/account/addresses?change=adr_1#unsent')
  expect(reply.headers.get('location')).toBe(`/login?to=${back}`)
})

test('the way back never leads to another site', async () => {
  for (const uri of ['//evil.example', '/\\evil.example', 'https://evil.example'])
    expect((await auth.authorize('page', edge('GET', uri))).headers.get('location')).toBe('/login?to=%2F')
})

test("the storefront's data requests get 401 instead of a redirect", async () => {
  expect((await auth.authorize('page', edge('GET', '/account.data?_routes=x'))).status).toBe(401)
})

test('the dashboard opens for staff of any kind and not for customers', async () => {
  for (const role of ['admin', 'order-manager', 'support'])
    expect((await auth.authorize('staff-page', as(role, edge('GET', '/admin')))).status).toBe(200)
  const refused = await auth.authorize('staff-page', as('customer', edge('GET', '/admin')))
  expect(refused.status).toBe(403)
  expect(refused.headers.get('content-type')).toContain('text/html')
})

test('an unknown demand is refused', async () => {
  expect((await auth.authorize('catalog:delete', as('admin'))).status).toBe(400)
  expect((await auth.send('GET', '/api/auth/authorize', { headers: as('admin') })).status).toBe(400)
})

test('a page opens for an expired cookie whose session lives, the API does not', async () => {
  const { accessToken } = await auth.register('sleepy@example.com')
  const cookie = { cookie: `vitrine_access=${accessToken}` }
  auth.clock.advance(3_600_000)
  expect((await auth.authorize('page', { ...cookie, ...edge('GET', '/account') })).status).toBe(200)
  expect((await auth.authorize('signed-in', { ...cookie, ...edge('GET', '/api/orders/') })).status).toBe(401)
  await auth.send('POST', '/api/auth/logout', { headers: { authorization: `Bearer ${accessToken}` } })
  expect((await auth.authorize('page', { ...cookie, ...edge('GET', '/account') })).status).toBe(303)
})

test('a session ends after seven idle days', async () => {
  const { accessToken, refreshToken } = await auth.register('idle@example.com')
  auth.clock.advance(8 * 86_400_000)
  expect((await auth.authorize('page', { cookie: `vitrine_access=${accessToken}` })).status).toBe(303)
  expect((await auth.send('POST', '/api/auth/refresh', { body: { refreshToken } })).status).toBe(401)
})

test('roles taken and accounts disabled count on the next request', async () => {
  const { accessToken, user } = await auth.registerAs('fallen@example.com', ['support'])
  const ask = async () => (await auth.authorize('orders:read', { authorization: `Bearer ${accessToken}` })).status
  expect(await ask()).toBe(200)
  await auth.store.users.update(user.id, { roles: ['customer'] })
  expect(await ask()).toBe(403)
  await auth.store.users.update(user.id, { disabledAt: auth.clock.now() })
  expect(await ask()).toBe(401)
})

test('an assertion for a service is not an access token', async () => {
  const { accessToken } = await auth.register('confused@example.com')
  const gate = await auth.authorize('anyone', { authorization: `Bearer ${accessToken}` })
  const assertion = gate.headers.get('x-identity')
  expect(await auth.readAssertion(accessToken)).toBeNull()
  expect((await auth.authorize('signed-in', { authorization: `Bearer ${assertion}` })).status).toBe(401)
})

test('the key set has public halves only', async () => {
  const reply = await auth.send('GET', '/api/auth/.well-known/jwks.json')
  const { keys } = reply.body as unknown as { keys: Record<string, string>[] }
  expect(keys).toHaveLength(1)
  expect(keys[0]).toMatchObject({ kty: 'OKP', crv: 'Ed25519', use: 'sig' })
  expect(keys[0]?.d).toBeUndefined()
})

test('over https only the cookie with the __Host- prefix counts', async () => {
  const secure = await startTestAuth({ isHttps: true })
  const { accessToken } = await secure.register('secure@example.com')
  const ask = async (name: string) => (await secure.authorize('page', { cookie: `${name}=${accessToken}` })).status
  expect(await ask('vitrine_access')).toBe(303)
  expect(await ask('__Host-vitrine_access')).toBe(200)
  await secure.stop()
})

test('after a rotation tokens of both keys are good, and the new key signs once everybody can know it', async () => {
  const own = await startTestAuth()
  const kidOf = (token: string) => decodeProtectedHeader(token).kid
  const ask = async (token: string) =>
    (await own.authorize('signed-in', { authorization: `Bearer ${token}`, ...edge('GET', '/api/auth/me') })).status
  const first = await own.register('before@example.com')
  await own.keyStore.add(own.clock.now())
  await own.keys.reload()
  const jwks = await own.send('GET', '/api/auth/.well-known/jwks.json')
  expect((jwks.body as unknown as { keys: unknown[] }).keys).toHaveLength(2)
  const second = await own.register('during@example.com')
  expect(kidOf(second.accessToken)).toBe(kidOf(first.accessToken) ?? '')
  own.clock.advance(121_000)
  const third = await own.register('after@example.com')
  expect(kidOf(third.accessToken)).not.toBe(kidOf(first.accessToken) ?? '')
  expect(await Promise.all([first, third].map(({ accessToken }) => ask(accessToken)))).toEqual([200, 200])
  await own.stop()
})
