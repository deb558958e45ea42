import { expect, test } from 'bun:test'
import { z } from 'zod'
import { createServiceApp, ok, replies } from './app.ts'
import { fixedClock } from './clock.ts'
import { conflict } from './errors.ts'
import { silentLog } from './log.ts'
import { testCallerVerifier, testIdentityVerifier } from './verifiers.testing.ts'

const Person = z.object({ name: z.string() })

function createTestApp(checks: Record<string, () => Promise<void>> = {}) {
  return createServiceApp({
    name: 'catalog',
    clock: fixedClock(new Date('2026-01-01T00:00:00Z')),
    log: silentLog(),
    verifyIdentity: testIdentityVerifier,
    verifyCaller: testCallerVerifier,
    checks,
  })
    .get('/open', () => ok({ name: 'Ada', passwordHash: 'never' }), { response: replies(Person) })
    .get('/query', ({ query }) => ok({ name: query.q }), {
      query: z.object({ q: z.string() }),
      response: replies(Person),
    })
    .get('/broken', () => {
      throw new Error('secret detail')
    })
    .get('/taken', () => {
      throw conflict('email_taken', 'Taken.', { hint: 'sign in' })
    })
    .get('/mine', ({ identity }) => ok({ name: identity?.userId ?? '' }), { signedIn: true, response: replies(Person) })
    .post(
      '/products',
      ({ body, set }) => {
        set.status = 201
        return ok(body)
      },
      {
        permission: 'catalog:write',
        body: z.strictObject({ name: z.string(), password: z.string().min(8).optional() }),
        response: replies(Person, 201),
      },
    )
    .post('/form', ({ body }) => ok({ name: String(body.name) }), {
      parse: 'formdata',
      body: z.record(z.string(), z.unknown()),
      response: replies(Person),
    })
    .post('/raw', async ({ request }) => ok({ name: await request.text() }), {
      parse: 'none',
      response: replies(Person),
    })
    .post('/internal/catalog/thing', () => ok({ name: 'x' }), { callers: ['orders'], response: replies(Person) })
}

const send = async (path: string, init: RequestInit = {}, app = createTestApp()) => {
  const response = await app.handle(new Request(`http://localhost${path}`, init))
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    text,
    body: text.startsWith('{') ? JSON.parse(text) : null,
  }
}
const json = (body: unknown, headers: Record<string, string> = {}) => ({
  method: 'POST',
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
})

test('a reply is wrapped and keys outside its schema do not leave', async () => {
  const { status, body } = await send('/open')
  expect(status).toBe(200)
  expect(body).toEqual({ success: true, data: { name: 'Ada' } })
})

test('a well-formed request id is kept, a bad one is replaced', async () => {
  expect((await send('/open', { headers: { 'x-request-id': 'req-12345678' } })).headers.get('x-request-id')).toBe(
    'req-12345678',
  )
  expect(
    (await send('/open', { headers: { 'x-request-id': 'no spaces allowed' } })).headers.get('x-request-id'),
  ).not.toContain(' ')
})

test('a query value with a comma stays one value', async () => {
  expect((await send('/query?q=S,%20M')).body.data.name).toBe('S, M')
})

test('a bug answers internal without its message', async () => {
  const { status, body, text } = await send('/broken')
  expect(status).toBe(500)
  expect(body.error.code).toBe('internal')
  expect(text).not.toContain('secret detail')
})

test('an expected refusal keeps its code, message and details', async () => {
  const { status, body } = await send('/taken')
  expect(status).toBe(409)
  expect(body.error).toMatchObject({ code: 'email_taken', message: 'Taken.', details: { hint: 'sign in' } })
  expect(body.error.requestId.length).toBeGreaterThan(7)
})

test('bad input names its fields and never echoes a value', async () => {
  const { status, body, text } = await send(
    '/products',
    json({ name: 4, password: 'short77' }, { 'x-identity': 'admin' }),
  )
  expect(status).toBe(400)
  expect(Object.keys(body.error.details.fields).sort()).toEqual(['name', 'password'])
  expect(text).not.toContain('short77')
})

test('an unknown body key is refused', async () => {
  expect((await send('/products', json({ name: 'Cup', price: 1 }, { 'x-identity': 'admin' }))).status).toBe(400)
})

test('a body that is not JSON is refused as bad input', async () => {
  const { status, body } = await send('/products', {
    method: 'POST',
    body: '{',
    headers: { 'content-type': 'application/json', 'x-identity': 'admin' },
  })
  expect(status).toBe(400)
  expect(body.error.code).toBe('invalid_input')
})

test('a permission guards its route: nobody 401, support 403, admin 201', async () => {
  expect((await send('/products', json({ name: 'Cup' }))).status).toBe(401)
  const refused = await send('/products', json({ name: 'Cup' }, { 'x-identity': 'support' }))
  expect(refused.status).toBe(403)
  expect(refused.body.error.details.permission).toBe('catalog:write')
  expect((await send('/products', json({ name: 'Cup' }, { 'x-identity': 'admin' }))).status).toBe(201)
})

test('a route for signed-in people answers nobody with 401', async () => {
  expect((await send('/mine')).status).toBe(401)
  expect((await send('/mine', { headers: { 'x-identity': 'customer:usr_7' } })).body.data.name).toBe('usr_7')
})

test('an internal route needs the assertion of a service that may call it', async () => {
  const path = '/internal/catalog/thing'
  expect((await send(path, { method: 'POST' })).status).toBe(401)
  expect((await send(path, { method: 'POST', headers: { 'x-service': 'cart' } })).status).toBe(403)
  expect((await send(path, { method: 'POST', headers: { 'x-service': 'orders' } })).status).toBe(200)
})

test('readiness is 503 while a check fails, and names it', async () => {
  const app = createTestApp({
    mongo: async () => {
      throw new Error('down')
    },
    redis: async () => undefined,
  })
  const { status, body } = await send('/readyz', {}, app)
  expect(status).toBe(503)
  expect(body.data.checks).toEqual({ mongo: 'failing', redis: 'ok' })
  expect((await send('/livez', {}, app)).status).toBe(200)
})

test('an unknown address answers not_found in the envelope', async () => {
  const { status, body } = await send('/nowhere')
  expect(status).toBe(404)
  expect(body.error.code).toBe('not_found')
})

test('the OpenAPI document names the permission and leaves internal routes out', async () => {
  const { status, body } = await send('/api/catalog/openapi.json')
  expect(status).toBe(200)
  expect(body.paths['/products'].post['x-permission']).toBe('catalog:write')
  expect(body.paths['/internal/catalog/thing']).toBeUndefined()
})

test('a stranger is refused before the body is judged', async () => {
  expect((await send('/products', json({ rubbish: true }))).status).toBe(401)
  expect((await send('/products', json({ rubbish: true }, { 'x-identity': 'support' }))).status).toBe(403)
})

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/xml',
  '',
])('a body of the type "%s" is refused where JSON is taken, also a form that would fit', async (type) => {
  const { status, body } = await send('/products', {
    method: 'POST',
    body: new TextEncoder().encode('name=Cup'),
    headers: { ...(type ? { 'content-type': type } : {}), 'x-identity': 'admin' },
  })
  expect(status).toBe(415)
  expect(body.error.code).toBe('unsupported_media')
})

test('a form is taken where a form is asked for, JSON is not; a route that reads for itself gets every type', async () => {
  const form = new FormData()
  form.append('name', 'Cup')
  expect((await send('/form', { method: 'POST', body: form })).body.data.name).toBe('Cup')
  expect((await send('/form', json({ name: 'Cup' }))).status).toBe(415)
  expect((await send('/raw', { ...json({}), headers: { 'content-type': 'text/csv' } })).body.data.name).toBe('{}')
})

test('an unknown body key is named as a field of its own', async () => {
  const { body } = await send('/products', json({ name: 'Cup', price: 1, role: 'x' }, { 'x-identity': 'admin' }))
  expect(Object.keys(body.error.details.fields).sort()).toEqual(['price', 'role'])
})

test('replies are never sniffed for another type', async () => {
  expect((await send('/open')).headers.get('x-content-type-options')).toBe('nosniff')
  expect((await send('/nowhere')).headers.get('x-content-type-options')).toBe('nosniff')
})

test.each([33, 100_000])('a body nested %d levels deep is refused as bad input, and at once', async (levels) => {
  const body = '['.repeat(levels) + ']'.repeat(levels)
  const headers = { 'content-type': 'application/json', 'x-identity': 'admin' }
  const reply = await send('/products', { method: 'POST', body, headers })
  expect(reply.status).toBe(400)
  expect(reply.body.error.code).toBe('invalid_input')
})
