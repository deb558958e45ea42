import { afterAll, beforeAll, expect, test } from 'bun:test'
import { startTestAuth, type TestAuth } from './app.testing.ts'

let auth: TestAuth
beforeAll(async () => {
  auth = await startTestAuth()
})
afterAll(() => auth.stop())

const PASSWORD = 'a perfectly fine one'
const login = (email: string, password = PASSWORD) =>
  auth.send('POST', '/api/auth/login', { body: { email, password } })
const refresh = (refreshToken: string) => auth.send('POST', '/api/auth/refresh', { body: { refreshToken } })

test('registering signs in as a customer without permissions', async () => {
  const reply = await auth.send('POST', '/api/auth/register', {
    body: { email: 'New@Example.com', password: PASSWORD, name: 'New Person' },
  })
  expect(reply.status).toBe(201)
  expect(reply.body.data).toMatchObject({
    user: { email: 'new@example.com', roles: ['customer'], permissions: [], isEmailVerified: false },
    expiresIn: 600,
  })
  expect(JSON.stringify(reply.body)).not.toContain('argon2')
  const types = (await auth.events()).map(({ type }) => type)
  expect(types).toEqual(expect.arrayContaining(['user.registered', 'user.verification_requested']))
})

test('an email address registers once, also when asked twenty times at once', async () => {
  const replies = await Promise.all(
    Array.from({ length: 20 }, () =>
      auth.send('POST', '/api/auth/register', {
        body: { email: 'twin@example.com', password: PASSWORD, name: 'Twin' },
      }),
    ),
  )
  expect(replies.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)])
  expect(replies.find(({ status }) => status === 409)?.body.error.code).toBe('email_taken')
})

test.each([
  ['short', { password: 'seven77' }],
  ['common', { password: 'password123' }],
  ['too long', { password: 'x'.repeat(201) }],
  ['its own address', { password: 'fields@example.com' }],
])('a password that is %s is refused without being repeated', async (_why, { password }) => {
  const reply = await auth.send('POST', '/api/auth/register', {
    body: { email: 'fields@example.com', password, name: 'F' },
  })
  expect(reply.status).toBe(400)
  expect(Object.keys(reply.body.error.details.fields ?? {})).toEqual(['password'])
  expect(JSON.stringify(reply.body)).not.toContain(password)
})

test('unknown body keys are refused', async () => {
  const body = { email: 'sly@example.com', password: PASSWORD, name: 'Sly', roles: ['admin'] }
  expect((await auth.send('POST', '/api/auth/register', { body })).status).toBe(400)
})

test('a wrong password and an unknown address get the same reply', async () => {
  await auth.register('known@example.com')
  const [wrong, unknown] = [await login('known@example.com', 'not this one'), await login('nobody@example.com')]
  expect(wrong.status).toBe(401)
  expect(unknown.status).toBe(401)
  const withoutId = ({ body }: typeof wrong) => ({ ...body, error: { ...body.error, requestId: '' } })
  expect(withoutId(unknown)).toEqual(withoutId(wrong))
})

test('repeated failures must wait, longer each time, and the right password works after the wait', async () => {
  await auth.register('guess@example.com')
  for (let attempt = 0; attempt < 5; attempt++)
    expect((await login('guess@example.com', 'wrong guess')).status).toBe(401)
  const blocked = await login('guess@example.com')
  expect(blocked.status).toBe(429)
  expect(blocked.body.error.code).toBe('rate_limited')
  expect(blocked.headers.get('retry-after')).toBe('1')
  auth.clock.advance(1000)
  expect((await login('guess@example.com', 'wrong guess')).status).toBe(401)
  expect((await login('guess@example.com')).headers.get('retry-after')).toBe('2')
  auth.clock.advance(2000)
  expect((await login('guess@example.com')).status).toBe(200)
})

test('an unknown address has to wait just like a known one', async () => {
  for (let attempt = 0; attempt < 5; attempt++) await login('ghost@example.com')
  expect((await login('ghost@example.com')).status).toBe(429)
})

test('a refresh token works once and yields a new pair', async () => {
  const first = await auth.register('refresh@example.com')
  const renewed = await refresh(first.refreshToken)
  expect(renewed.status).toBe(200)
  expect(renewed.body.data.refreshToken).not.toBe(first.refreshToken as never)
  const me = await auth.call('GET', '/api/auth/me', { token: renewed.body.data.accessToken })
  expect(me.body.data).toMatchObject({ email: 'refresh@example.com' })
})

test('a spent refresh token ends its whole family at once, the successor included', async () => {
  const first = await auth.register('stolen@example.com')
  const renewed = await refresh(first.refreshToken)
  expect((await refresh(first.refreshToken)).status).toBe(401)
  expect((await refresh(String(renewed.body.data.refreshToken))).status).toBe(401)
  const gate = await auth.authorize('signed-in', { authorization: `Bearer ${renewed.body.data.accessToken}` })
  expect(gate.status).toBe(401)
})

test('of parallel refreshes with one token a single one succeeds', async () => {
  const first = await auth.register('parallel@example.com')
  const statuses = (await Promise.all(Array.from({ length: 8 }, () => refresh(first.refreshToken)))).map(
    (r) => r.status,
  )
  expect(statuses.filter((status) => status === 200)).toHaveLength(1)
  expect(statuses.filter((status) => status === 401)).toHaveLength(7)
})

test('refresh tokens are stored as hashes only', async () => {
  const { refreshToken } = await auth.register('hashed@example.com')
  const stored = await auth.connection.collection('refresh_tokens').find().toArray()
  expect(JSON.stringify(stored)).not.toContain(refreshToken)
})

test('an unknown refresh token is 401', async () => {
  expect((await refresh('made-up')).status).toBe(401)
})

test('logging out works on the next request, with the bearer or with the refresh token', async () => {
  const first = await auth.register('leaving@example.com')
  const gate = () => auth.authorize('signed-in', { authorization: `Bearer ${first.accessToken}` })
  expect((await gate()).status).toBe(200)
  const out = await auth.send('POST', '/api/auth/logout', { headers: { authorization: `Bearer ${first.accessToken}` } })
  expect(out.status).toBe(200)
  expect((await gate()).status).toBe(401)
  expect((await refresh(first.refreshToken)).status).toBe(401)

  const second = (await login('leaving@example.com')).body.data
  await auth.send('POST', '/api/auth/logout', { body: { refreshToken: second.refreshToken } })
  expect((await auth.authorize('signed-in', { authorization: `Bearer ${second.accessToken}` })).status).toBe(401)
  expect((await auth.send('POST', '/api/auth/logout')).status).toBe(200)
})

test('verify-token tells whether a token would be accepted now', async () => {
  const { accessToken, user } = await auth.register('token@example.com')
  const verify = (token: string) => auth.send('POST', '/api/auth/verify-token', { body: { token } })
  expect((await verify(accessToken)).body.data).toEqual({ active: true, sub: user.id, roles: ['customer'] } as never)
  expect((await verify(`${accessToken.slice(0, -4)}AAAA`)).body.data).toEqual({ active: false } as never)
  auth.clock.advance(601_000)
  expect((await verify(accessToken)).body.data).toEqual({ active: false } as never)
})

test('sessions are listed and ended one by one or all together', async () => {
  const here = await auth.register('devices@example.com')
  const there = (await login('devices@example.com')).body.data as unknown as typeof here
  const list = await auth.call('GET', '/api/auth/sessions', { token: here.accessToken })
  const items = list.body.data.items as unknown as { id: string; isCurrent: boolean }[]
  expect(items).toHaveLength(2)
  const other = items.find(({ isCurrent }) => !isCurrent)
  expect((await auth.call('DELETE', `/api/auth/sessions/${other?.id}`, { token: here.accessToken })).status).toBe(200)
  expect((await auth.authorize('signed-in', { authorization: `Bearer ${there.accessToken}` })).status).toBe(401)
  expect((await auth.call('DELETE', `/api/auth/sessions/${other?.id}`, { token: here.accessToken })).status).toBe(404)
  expect((await auth.call('DELETE', '/api/auth/sessions', { token: here.accessToken })).status).toBe(200)
  expect((await auth.authorize('signed-in', { authorization: `Bearer ${here.accessToken}` })).status).toBe(401)
})

test("nobody ends somebody else's session", async () => {
  const mine = await auth.register('mine@example.com')
  const theirs = await auth.register('theirs@example.com')
  const list = await auth.call('GET', '/api/auth/sessions', { token: theirs.accessToken })
  const [session] = list.body.data.items as unknown as { id: string }[]
  expect((await auth.call('DELETE', `/api/auth/sessions/${session?.id}`, { token: mine.accessToken })).status).toBe(404)
})
