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
const lastToken = async (type: string, email: string): Promise<string> => {
  const found = (await auth.events()).filter((event) => event.type === type && event.data.email === email)
  return found.at(-1)?.data.token ?? ''
}

test('routes of the signed-in are 401 for nobody and for forged identities', async () => {
  for (const [method, path] of [
    ['GET', '/me'],
    ['PATCH', '/me'],
    ['DELETE', '/me'],
    ['GET', '/sessions'],
    ['GET', '/addresses'],
    ['POST', '/password/change'],
  ] as const) {
    expect((await auth.send(method, `/api/auth${path}`)).status).toBe(401)
    expect((await auth.send(method, `/api/auth${path}`, { headers: { 'x-identity': 'forged' } })).status).toBe(401)
  }
})

test('a profile is read and changed, and no other key of it', async () => {
  const { accessToken: token } = await auth.register('profile@example.com')
  const changed = await auth.call('PATCH', '/api/auth/me', {
    token,
    body: { name: 'Renamed', locale: 'en-GB', currency: 'EUR', phone: '+49 30 1' },
  })
  expect(changed.body.data).toMatchObject({ name: 'Renamed', locale: 'en-GB', currency: 'EUR' })
  expect((await auth.call('GET', '/api/auth/me', { token })).body.data).toMatchObject({
    name: 'Renamed',
    phone: '+49 30 1',
  })
  expect((await auth.call('PATCH', '/api/auth/me', { token, body: { roles: ['admin'] } })).status).toBe(400)
})

test('changing the password needs the old one, ends other sessions and keeps this one', async () => {
  const { accessToken: token } = await auth.register('change@example.com')
  const other = (await login('change@example.com')).body.data.accessToken
  const change = (current: string, password: string) =>
    auth.call('POST', '/api/auth/password/change', { token, body: { current, password } })
  expect((await change('not my password', 'another fine one')).status).toBe(400)
  expect((await change(PASSWORD, 'password123')).status).toBe(400)
  expect((await change(PASSWORD, 'another fine one')).status).toBe(200)
  expect((await auth.authorize('signed-in', { authorization: `Bearer ${other}` })).status).toBe(401)
  expect((await auth.authorize('signed-in', { authorization: `Bearer ${token}` })).status).toBe(200)
  expect((await login('change@example.com')).status).toBe(401)
  expect((await login('change@example.com', 'another fine one')).status).toBe(200)
})

test('an account is removed with its password and is gone at once', async () => {
  const { accessToken: token } = await auth.register('bye@example.com')
  expect((await auth.call('DELETE', '/api/auth/me', { token, body: { password: 'wrong one' } })).status).toBe(400)
  expect((await auth.call('DELETE', '/api/auth/me', { token, body: { password: PASSWORD } })).status).toBe(200)
  expect((await auth.authorize('signed-in', { authorization: `Bearer ${token}` })).status).toBe(401)
  expect((await login('bye@example.com')).status).toBe(401)
})

test('an email address is verified once by the mailed token', async () => {
  const { accessToken: token } = await auth.register('verify@example.com')
  const mailed = await lastToken('user.verification_requested', 'verify@example.com')
  const verify = () => auth.send('POST', '/api/auth/verify-email', { body: { token: mailed } })
  expect((await verify()).status).toBe(200)
  expect((await auth.call('GET', '/api/auth/me', { token })).body.data).toMatchObject({ isEmailVerified: true })
  expect((await verify()).status).toBe(400)
})

test('a verification mail is sent again, not twice within a minute, and replaces the earlier token', async () => {
  const { accessToken: token } = await auth.register('resend@example.com')
  const first = await lastToken('user.verification_requested', 'resend@example.com')
  const resend = () => auth.call('POST', '/api/auth/verify-email/resend', { token })
  expect((await resend()).status).toBe(202)
  expect(await lastToken('user.verification_requested', 'resend@example.com')).toBe(first)
  auth.clock.advance(61_000)
  await resend()
  expect(await lastToken('user.verification_requested', 'resend@example.com')).not.toBe(first)
  expect((await auth.send('POST', '/api/auth/verify-email', { body: { token: first } })).status).toBe(400)
})

test('forgetting a password is always 202 and mails only those who exist', async () => {
  await auth.register('forgot@example.com')
  const forgot = (email: string) => auth.send('POST', '/api/auth/password/forgot', { body: { email } })
  const [known, unknown] = await Promise.all([forgot('forgot@example.com'), forgot('stranger@example.com')])
  expect([known.status, unknown.status]).toEqual([202, 202])
  expect(known.body).toEqual(unknown.body)
  const mails = (await auth.events()).filter(({ type }) => type === 'user.password_reset_requested')
  expect(mails.map(({ data }) => data.email)).toEqual(['forgot@example.com'])
})

test('a reset ends every session, signs nobody in and works even while sign-in has to wait', async () => {
  const { accessToken } = await auth.register('reset@example.com')
  for (let attempt = 0; attempt < 5; attempt++) await login('reset@example.com', 'wrong guess')
  expect((await login('reset@example.com')).status).toBe(429)
  await auth.send('POST', '/api/auth/password/forgot', { body: { email: 'reset@example.com' } })
  const token = await lastToken('user.password_reset_requested', 'reset@example.com')
  const reset = (password: string) => auth.send('POST', '/api/auth/password/reset', { body: { token, password } })
  expect((await reset('password123')).status).toBe(400)
  const done = await reset('my new fine one')
  expect(done.status).toBe(200)
  expect(JSON.stringify(done.body)).not.toContain('accessToken')
  expect((await auth.authorize('signed-in', { authorization: `Bearer ${accessToken}` })).status).toBe(401)
  expect((await login('reset@example.com', 'my new fine one')).status).toBe(200)
  expect((await reset('yet another one')).status).toBe(400)
})

test('a reset token is over after ten minutes', async () => {
  await auth.register('late@example.com')
  await auth.send('POST', '/api/auth/password/forgot', { body: { email: 'late@example.com' } })
  const token = await lastToken('user.password_reset_requested', 'late@example.com')
  auth.clock.advance(10 * 60_000)
  expect(
    (await auth.send('POST', '/api/auth/password/reset', { body: { token, password: 'my new fine one' } })).status,
  ).toBe(400)
})

test('orders may ask how to reach somebody, strangers may not', async () => {
  const { user } = await auth.register('contact@example.com')
  const ask = (caller?: string, id = user.id) =>
    auth.send('GET', `/internal/auth/users/${id}`, caller ? { headers: { 'x-service': caller } } : {})
  expect((await ask('orders')).body.data).toEqual({
    id: user.id,
    email: 'contact@example.com',
    name: 'Robin Reader',
  } as never)
  expect((await ask('orders', 'usr_gone')).status).toBe(404)
  expect((await ask('cart')).status).toBe(403)
  expect((await ask()).status).toBe(401)
})

test('the first address is the default, and exactly one stays so', async () => {
  const { accessToken: token } = await auth.register('home@example.com')
  const base = { name: 'Robin', line1: 'Street 1', city: 'Berlin', postalCode: '10115', country: 'de' }
  const add = async (more: object) =>
    (await auth.call('POST', '/api/auth/addresses', { token, body: { ...base, ...more } })).body.data as unknown as {
      id: string
      isDefault: boolean
      country: string
    }
  const list = async () =>
    (await auth.call('GET', '/api/auth/addresses', { token })).body.data.items as unknown as {
      id: string
      isDefault: boolean
      label?: string
    }[]
  const first = await add({})
  expect(first).toMatchObject({ isDefault: true, country: 'DE' })
  const second = await add({ label: 'Work', isDefault: true })
  expect((await list()).map(({ id, isDefault }) => [id, isDefault])).toEqual([
    [second.id, true],
    [first.id, false],
  ])
  const patched = await auth.call('PATCH', `/api/auth/addresses/${first.id}`, {
    token,
    body: { isDefault: true, label: 'Home' },
  })
  expect(patched.body.data).toMatchObject({ label: 'Home', isDefault: true })
  expect((await list()).filter(({ isDefault }) => isDefault)).toHaveLength(1)
  expect((await auth.call('DELETE', `/api/auth/addresses/${first.id}`, { token })).status).toBe(200)
  expect(await list()).toMatchObject([{ id: second.id, isDefault: true }])
})

test("somebody else's address does not exist", async () => {
  const owner = await auth.register('owner@example.com')
  const thief = await auth.register('thief@example.com')
  const body = { name: 'O', line1: 'S', city: 'B', postalCode: '1', country: 'DE' }
  const { id } = (await auth.call('POST', '/api/auth/addresses', { token: owner.accessToken, body })).body.data
  expect(
    (await auth.call('PATCH', `/api/auth/addresses/${id}`, { token: thief.accessToken, body: { city: 'X' } })).status,
  ).toBe(404)
  expect((await auth.call('DELETE', `/api/auth/addresses/${id}`, { token: thief.accessToken })).status).toBe(404)
  expect(
    (
      await auth.call('POST', '/api/auth/addresses', {
        token: owner.accessToken,
        body: { ...body, country: 'Germany' },
      })
    ).status,
  ).toBe(400)
})

test('the export holds everything kept about one, here and in other services', async () => {
  const { accessToken: token, user } = await auth.register('collector@example.com')
  const address = { name: 'Cole', line1: 'Street 1', city: 'Bonn', postalCode: '53111', country: 'DE' }
  await auth.call('POST', '/api/auth/addresses', { token, body: address })
  expect((await auth.send('GET', '/api/auth/export')).status).toBe(401)
  const { body } = await auth.call('GET', '/api/auth/export', { token })
  expect(body.data).toMatchObject({
    account: { email: 'collector@example.com' },
    addresses: [{ line1: 'Street 1' }],
    sessions: [{ isCurrent: true }],
    acts: [{ action: 'user.registered' }],
    orders: [{ customerId: user.id }],
    reviews: [],
    messages: [],
    carts: [],
  } as never)
  expect(JSON.stringify(body)).not.toContain('argon2')
})

test('other services hear that an account is gone, so that they forget as well', async () => {
  const { accessToken: token, user } = await auth.register('leaving@example.com')
  await auth.call('DELETE', '/api/auth/me', { token, body: { password: 'a perfectly fine one' } })
  const told = (await auth.events()).filter(({ type }) => type === 'user.deleted').map(({ data }) => data)
  expect(told).toContainEqual({ userId: user.id, email: 'leaving@example.com' })
})
