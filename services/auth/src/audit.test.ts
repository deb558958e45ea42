import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { DomainEvent } from '@vitrine/contracts/events'
import type { AuditEntry } from '@vitrine/contracts/staff'
import { startTestAuth, type TestAuth } from './app.testing.ts'
import { createEventHandlers } from './events.ts'

let auth: TestAuth
let admin: { token: string; id: string }

beforeAll(async () => {
  auth = await startTestAuth()
  const boss = await auth.registerAs('boss@example.com', ['admin'])
  admin = { token: boss.accessToken, id: boss.user.id }
})
afterAll(() => auth.stop())

async function signIn(email: string): Promise<string> {
  const body = { email, password: 'a perfectly fine one' }
  const reply = await auth.send('POST', '/api/auth/login', { body })
  return String(reply.body.data.accessToken)
}

async function list(query: string) {
  const reply = await auth.call('GET', `/api/auth/audit?${query}`, { token: admin.token })
  return reply.body.data as unknown as { items: AuditEntry[]; nextCursor: string | null }
}

const acted = (id: string, occurredAt: string): DomainEvent<'staff.acted'> => ({
  id,
  type: 'staff.acted',
  version: 1,
  occurredAt,
  requestId: 'req_12345678',
  data: {
    action: 'product.changed',
    actor: admin.id,
    target: 'prd_1',
    sessionId: 'ses_1',
    address: '192.0.2.7',
    before: { title: 'Old' },
    after: { title: 'New' },
  },
})

test('what staff change in another service is in the log once, with before and after', async () => {
  const handler = createEventHandlers(auth)['staff.acted']
  const event = acted('evt_1', '2026-03-01T09:00:00.000Z')
  for (let delivery = 0; delivery < 2; delivery++)
    await auth.inbox.once(event.id, async (session) => handler?.(event, session))
  const { items } = await list('target=prd_1')
  expect(items).toMatchObject([
    {
      at: '2026-03-01T09:00:00.000Z',
      action: 'product.changed',
      actor: admin.id,
      actorName: 'Robin Reader',
      targetName: null,
      address: '192.0.2.7',
      requestId: 'req_12345678',
      details: { before: { title: 'Old' }, after: { title: 'New' } },
    },
  ])
})

test('repeated refusals of one person share a line that counts them', async () => {
  const { accessToken, user } = await auth.register('curious@example.com')
  const ask = (permission: string, path: string) =>
    auth.authorize(permission, {
      authorization: `Bearer ${accessToken}`,
      'x-forwarded-method': 'PATCH',
      'x-forwarded-uri': path,
      'x-forwarded-for': '192.0.2.9',
    })
  for (let number = 0; number < 5; number++) await ask('catalog:write', `/api/catalog/products/${number}?token=x`)
  await ask('staff:write', '/api/auth/users')
  const { items } = await list(`actor=${user.id}&action=access.refused`)
  expect(items).toHaveLength(2)
  expect(items.map(({ details }) => details)).toContainEqual({
    permission: 'catalog:write',
    method: 'PATCH',
    path: '/api/catalog/products/0',
    count: 5,
  })
  auth.clock.advance(10 * 60_000)
  const later = await signIn('curious@example.com')
  await auth.authorize('catalog:write', { authorization: `Bearer ${later}` })
  admin.token = await signIn('boss@example.com')
  expect((await list(`actor=${user.id}&action=access.refused`)).items).toHaveLength(3)
})

test('granting what one lacks is a refusal in the log too', async () => {
  await auth.store.roles.save({ name: 'hiring', permissions: ['staff:write'] })
  const { accessToken: token, user } = await auth.registerAs('hirer@example.com', ['hiring'])
  const body = { permissions: ['refunds:write'] }
  expect((await auth.call('PUT', '/api/auth/roles/mighty', { token, body })).status).toBe(403)
  expect((await list(`person=${user.id}&action=access.refused`)).items).toMatchObject([
    { target: 'mighty', details: { permission: 'refunds:write', count: 1 } },
  ])
})

test('failed sign-ins are kept, repeats together, without what was typed', async () => {
  const { user } = await auth.register('guessed@example.com')
  for (let number = 0; number < 3; number++)
    await auth.send('POST', '/api/auth/login', { body: { email: 'guessed@example.com', password: `guess ${number}` } })
  const { items } = await list(`person=${user.id}&action=session.login_failed`)
  expect(items).toMatchObject([{ actor: null, target: user.id, targetName: 'Robin Reader', details: { count: 3 } }])
  expect(JSON.stringify(items)).not.toContain('guess 0')
})

test('the log is filtered by person, kind of act and day', async () => {
  const { user } = await auth.register('tracked@example.com')
  await auth.call('PATCH', `/api/auth/users/${user.id}`, { token: admin.token, body: { roles: ['support'] } })
  const byAddress = await list('person=Tracked@example.com')
  expect(new Set(byAddress.items.map(({ action }) => action))).toEqual(new Set(['user.changed', 'user.registered']))
  expect((await list(`person=${user.id}&action=user`)).items).toHaveLength(2)
  expect((await list(`person=${user.id}&action=user.changed`)).items).toHaveLength(1)
  expect((await list('person=nobody@example.com')).items).toEqual([])
  const today = auth.clock.now().toISOString().slice(0, 10)
  expect((await list(`person=${user.id}&from=${today}&to=${today}`)).items).toHaveLength(2)
  expect((await list(`person=${user.id}&to=2026-02-28`)).items).toEqual([])
  expect((await auth.call('GET', '/api/auth/audit?from=yesterday', { token: admin.token })).status).toBe(400)
})

test('the log goes on page by page without gap or repeat', async () => {
  const whole = (await list('limit=100')).items.map(({ id }) => id)
  const paged: string[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const next = await list(`limit=3${cursor && `&cursor=${cursor}`}`)
    paged.push(...next.items.map(({ id }) => id))
    cursor = next.nextCursor
  }
  // Reading the log writes nothing into it, so both readings saw the same lines.
  expect(paged).toEqual(whole)
})
