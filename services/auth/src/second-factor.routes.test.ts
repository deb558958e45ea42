import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Secret, TOTP } from 'otpauth'
import { startTestAuth, type TestAuth } from './app.testing.ts'

const PASSWORD = 'a perfectly fine one'
const STEP_MS = 30_000

let auth: TestAuth
let strict: TestAuth
beforeAll(async () => {
  auth = await startTestAuth()
  strict = await startTestAuth({ isSecondFactorRequired: true })
})
afterAll(async () => {
  await auth.stop()
  await strict.stop()
})

const codeOf = (shop: TestAuth, secret: string) =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: shop.clock.now().getTime() })

const login = (shop: TestAuth, email: string, code?: string) =>
  shop.send('POST', '/api/auth/login', { body: { email, password: PASSWORD, ...(code ? { code } : {}) } })

/** Adds an authenticator app; its secret and the recovery codes. */
async function enrol(shop: TestAuth, token: string) {
  const offer = await shop.call('POST', '/api/auth/totp', { token, body: { password: PASSWORD } })
  const secret = String(offer.body.data.secret)
  const confirmed = await shop.call('POST', '/api/auth/totp/confirm', { token, body: { code: codeOf(shop, secret) } })
  shop.clock.advance(STEP_MS)
  return { secret, status: confirmed.status, recoveryCodes: confirmed.body.data.recoveryCodes as unknown as string[] }
}

test('once an app is added, sign-in asks for its code and says so', async () => {
  const { accessToken: token } = await auth.register('two@example.com')
  const { secret } = await enrol(auth, token)
  const asked = await login(auth, 'two@example.com')
  expect(asked.status).toBe(401)
  expect(asked.body.error).toMatchObject({ code: 'unauthenticated', details: { codeRequired: true } })
  expect((await login(auth, 'two@example.com', '000000')).body.error).toMatchObject({ details: { codeRequired: true } })
  const open = await login(auth, 'two@example.com', codeOf(auth, secret))
  expect(open.status).toBe(200)
  expect(open.body.data.user).toMatchObject({ hasSecondFactor: true })
})

test('a sign-in that owes its code goes on with the challenge, once and not for long', async () => {
  const { accessToken: token } = await auth.register('goeson@example.com')
  const { secret } = await enrol(auth, token)
  const challenge = String((await login(auth, 'goeson@example.com')).body.error.details.challenge)
  const goOn = (code: string, given = challenge) =>
    auth.send('POST', '/api/auth/login/code', { body: { challenge: given, code } })
  expect((await goOn('000000')).body.error.details).toMatchObject({ codeRequired: true, challenge: expect.any(String) })
  expect((await goOn(codeOf(auth, secret), `${challenge}x`)).status).toBe(401)
  expect((await goOn(codeOf(auth, secret), token)).status).toBe(401)
  const code = codeOf(auth, secret)
  expect((await goOn(code)).status).toBe(200)
  expect((await goOn(code)).status).toBe(401)
  auth.clock.advance(301_000)
  const late = await goOn(codeOf(auth, secret))
  expect([late.status, late.body.error.details]).toEqual([401, undefined as never])
})

test('a wrong password says nothing of a second factor', async () => {
  const { accessToken: token } = await auth.register('silent@example.com')
  await enrol(auth, token)
  const reply = await auth.send('POST', '/api/auth/login', { body: { email: 'silent@example.com', password: 'wrong' } })
  expect(reply.status).toBe(401)
  expect(reply.body.error.details).toBeUndefined()
})

test('a code opens once, in whatever order it comes back', async () => {
  const { accessToken: token } = await auth.register('once@example.com')
  const { secret } = await enrol(auth, token)
  const code = codeOf(auth, secret)
  const replies = await Promise.all([1, 2, 3].map(() => login(auth, 'once@example.com', code)))
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 401, 401])
  auth.clock.advance(STEP_MS)
  expect((await login(auth, 'once@example.com', code)).status).toBe(401)
})

test('a recovery code opens once, however it is typed, and only its hash is kept', async () => {
  const { accessToken: token, user } = await auth.register('lost@example.com')
  const { recoveryCodes } = await enrol(auth, token)
  expect(recoveryCodes).toHaveLength(10)
  const [first = ''] = recoveryCodes
  expect(JSON.stringify(await auth.store.users.findById(user.id))).not.toContain(first)
  expect((await login(auth, 'lost@example.com', first.toUpperCase().replaceAll('-', ' '))).status).toBe(200)
  expect((await login(auth, 'lost@example.com', first)).status).toBe(401)
  const status = await auth.call('GET', '/api/auth/totp', { token })
  expect(status.body.data).toMatchObject({ isEnrolled: true, isRequired: false, recoveryCodesLeft: 9 })
})

test('guessing codes has to wait, even with the right password in between', async () => {
  const { accessToken: token } = await auth.register('guessed@example.com')
  const { secret } = await enrol(auth, token)
  for (let number = 0; number < 5; number++) await login(auth, 'guessed@example.com', `00000${number}`)
  expect((await login(auth, 'guessed@example.com', codeOf(auth, secret))).status).toBe(429)
  auth.clock.advance(STEP_MS)
  expect((await login(auth, 'guessed@example.com', codeOf(auth, secret))).status).toBe(200)
})

test('adding and removing an app ask for the password, and nothing counts before the first right code', async () => {
  const { accessToken: token } = await auth.register('careful@example.com')
  const begin = (password: string) => auth.call('POST', '/api/auth/totp', { token, body: { password } })
  expect((await auth.send('POST', '/api/auth/totp', { body: { password: PASSWORD } })).status).toBe(401)
  expect((await begin('wrong')).status).toBe(400)
  const offer = await begin(PASSWORD)
  expect(String(offer.body.data.uri)).toStartWith('otpauth://totp/Vitrine:careful%40example.com?')
  const wrong = await auth.call('POST', '/api/auth/totp/confirm', { token, body: { code: '000000' } })
  expect(wrong.body.error).toMatchObject({ code: 'invalid_input', details: { fields: { code: [expect.any(String)] } } })
  expect((await login(auth, 'careful@example.com')).status).toBe(200)
  expect((await enrol(auth, token)).status).toBe(200)
  expect((await begin(PASSWORD)).status).toBe(409)
  const remove = (password: string) => auth.call('DELETE', '/api/auth/totp', { token, body: { password } })
  expect((await remove('wrong')).status).toBe(400)
  expect((await remove(PASSWORD)).status).toBe(200)
  expect((await login(auth, 'careful@example.com')).status).toBe(200)
})

test('where a second factor is required, staff may do nothing of theirs until this session used one', async () => {
  const { accessToken: token } = await strict.registerAs('staff@example.com', ['support'])
  const ask = (shop: string, more: Record<string, string> = {}) =>
    strict.authorize(shop, { authorization: `Bearer ${token}`, ...more })
  const refused = await ask('orders:read')
  expect(refused.status).toBe(403)
  expect(refused.body.error.details).toMatchObject({ secondFactor: 'missing' })
  const page = await ask('staff-page', { 'x-forwarded-uri': '/admin', 'x-forwarded-method': 'GET' })
  expect([page.status, page.headers.get('location')]).toEqual([303, '/account/security?second-factor=required'])
  expect((await strict.call('GET', '/api/auth/me', { token })).body.data).toMatchObject({ permissions: [] })
  expect((await strict.call('GET', '/api/auth/totp', { token })).body.data).toMatchObject({ isMissing: true })
  await enrol(strict, token)
  expect((await ask('orders:read')).status).toBe(200)
  await strict.call('DELETE', '/api/auth/totp', { token, body: { password: PASSWORD } })
  expect((await ask('orders:read')).status).toBe(403)
})

test('where a second factor is required, customers need none', async () => {
  const { accessToken: token } = await strict.register('buyer@example.com')
  expect((await strict.call('GET', '/api/auth/totp', { token })).body.data).toMatchObject({ isRequired: false })
  expect((await strict.authorize('signed-in', { authorization: `Bearer ${token}` })).status).toBe(200)
})

test('staff remove the app of somebody who lost it, but not of one who may do more', async () => {
  const boss = await auth.registerAs('boss@example.com', ['admin'])
  await auth.store.roles.save({ name: 'hiring', permissions: ['staff:write'] })
  const clerk = await auth.registerAs('clerk@example.com', ['hiring'])
  await enrol(auth, boss.accessToken)
  const loser = await auth.register('loser@example.com')
  await enrol(auth, loser.accessToken)
  const remove = (token: string, id: string) => auth.call('DELETE', `/api/auth/users/${id}/totp`, { token })
  expect((await remove(clerk.accessToken, boss.user.id)).status).toBe(403)
  expect((await remove(clerk.accessToken, 'usr_none')).status).toBe(404)
  expect((await remove(clerk.accessToken, loser.user.id)).status).toBe(200)
  expect((await login(auth, 'loser@example.com')).status).toBe(200)
})
