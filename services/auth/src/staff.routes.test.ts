import { afterAll, beforeAll, expect, test } from 'bun:test'
import { startTestAuth, type TestAuth } from './app.testing.ts'

let auth: TestAuth
let admin: { token: string; id: string }
let clerk: { token: string; id: string }

beforeAll(async () => {
  auth = await startTestAuth()
  const boss = await auth.registerAs('boss@example.com', ['admin'])
  admin = { token: boss.accessToken, id: boss.user.id }
  await auth.call('PUT', '/api/auth/roles/hiring', {
    token: admin.token,
    body: { permissions: ['staff:write', 'orders:read'] },
  })
  const hired = await auth.registerAs('clerk@example.com', ['hiring'])
  clerk = { token: hired.accessToken, id: hired.user.id }
})
afterAll(() => auth.stop())

const patch = (token: string, id: string, body: object) => auth.call('PATCH', `/api/auth/users/${id}`, { token, body })

test('staff routes demand their permission', async () => {
  const { accessToken: token } = await auth.register('plain@example.com')
  for (const [method, path, permission] of [
    ['GET', '/users', 'customers:read'],
    ['GET', '/users/usr_1', 'customers:read'],
    ['POST', '/users', 'staff:write'],
    ['PATCH', '/users/usr_1', 'staff:write'],
    ['GET', '/roles/admin', 'staff:write'],
    ['PUT', '/roles/new-role', 'staff:write'],
    ['DELETE', '/roles/new-role', 'staff:write'],
    ['POST', '/users/usr_1/invite', 'staff:write'],
    ['GET', '/audit', 'audit:read'],
  ] as const) {
    expect((await auth.send(method, `/api/auth${path}`)).status).toBe(401)
    const refused = await auth.call(method, `/api/auth${path}`, { token })
    expect(refused.status).toBe(403)
    expect(refused.body.error.details).toEqual({ permission } as never)
  }
})

test('users are found by part of their name or address and by role, page by page', async () => {
  await auth.register('findme.one@example.com')
  await auth.register('findme.two@example.com')
  const list = async (query: string) =>
    (await auth.call('GET', `/api/auth/users?${query}`, { token: admin.token })).body.data as unknown as {
      items: { email: string }[]
      nextCursor: string | null
    }
  const first = await list('q=FINDME&limit=1')
  expect(first.items).toHaveLength(1)
  const second = await list(`q=FINDME&limit=1&cursor=${first.nextCursor}`)
  expect(new Set([...first.items, ...second.items].map(({ email }) => email)).size).toBe(2)
  expect(second.nextCursor).toBeNull()
  expect((await list('role=admin')).items.map(({ email }) => email)).toEqual(['boss@example.com'])
  expect((await list('q=.*')).items).toEqual([])
})

test.each(['users', 'audit'])('a cursor that is none of ours is refused in the list of %s', async (list) => {
  const { status, body } = await auth.call('GET', `/api/auth/${list}?cursor=rubbish`, { token: admin.token })
  expect(status).toBe(400)
  expect(body.error.details?.fields).toHaveProperty('cursor')
})

test('an invited person chooses a password by mail', async () => {
  const invited = await auth.call('POST', '/api/auth/users', {
    token: admin.token,
    body: { email: 'invited@example.com', name: 'Ines', roles: ['support'] },
  })
  expect(invited.status).toBe(201)
  const mail = (await auth.events()).find(({ type }) => type === 'user.invited')
  const body = { token: mail?.data.token, password: 'my first fine one' }
  expect((await auth.send('POST', '/api/auth/password/reset', { body })).status).toBe(200)
  const login = await auth.send('POST', '/api/auth/login', {
    body: { email: 'invited@example.com', password: 'my first fine one' },
  })
  expect(login.body.data.user).toMatchObject({ roles: ['support'] })
})

test('an invitation sent again ends the link of the earlier one, and is refused once there is a password', async () => {
  const invited = await auth.call('POST', '/api/auth/users', {
    token: admin.token,
    body: { email: 'again@example.com', name: 'Agnes', roles: ['support'] },
  })
  const { id } = invited.body.data as unknown as { id: string }
  expect(invited.body.data).toMatchObject({ isInvited: true })
  const inviteAgain = () => auth.call('POST', `/api/auth/users/${id}/invite`, { token: admin.token })
  expect((await inviteAgain()).status).toBe(200)
  const links = (await auth.events()).filter(({ type, data }) => type === 'user.invited' && data.userId === id)
  const resets = []
  for (const { data } of links) {
    const body = { token: data.token, password: 'my first fine one' }
    resets.push((await auth.send('POST', '/api/auth/password/reset', { body })).status)
  }
  expect(resets).toEqual([400, 200])
  expect((await inviteAgain()).status).toBe(409)
})

test('a role that nobody holds can be removed, one that is held stays', async () => {
  const remove = (name: string, token = admin.token) => auth.call('DELETE', `/api/auth/roles/${name}`, { token })
  await auth.call('PUT', '/api/auth/roles/passing', { token: admin.token, body: { permissions: ['refunds:write'] } })
  const { user } = await auth.registerAs('passing@example.com', ['passing'])
  const refused = await remove('passing')
  expect(refused.status).toBe(409)
  expect(refused.body.error.details).toEqual({ holders: 1 } as never)
  await patch(admin.token, user.id, { roles: [] })
  expect((await remove('passing', clerk.token)).status).toBe(403)
  expect((await remove('passing')).status).toBe(200)
  expect((await remove('passing')).status).toBe(404)
  expect((await remove('support')).status).toBe(409)
})

test('a role handed out while it is removed is either handed out or removed', async () => {
  await auth.call('PUT', '/api/auth/roles/racing', { token: admin.token, body: { permissions: ['orders:read'] } })
  const { user } = await auth.register('racing@example.com')
  const [handed, removed] = await Promise.all([
    patch(admin.token, user.id, { roles: ['racing'] }),
    auth.call('DELETE', '/api/auth/roles/racing', { token: admin.token }),
  ])
  expect([`${handed.status} ${removed.status}`]).toEqual([handed.status === 200 ? '200 409' : '400 200'])
})

test('nobody grants a permission they lack, nor edits the holder of one', async () => {
  const { user } = await auth.register('target@example.com')
  expect((await patch(clerk.token, user.id, { roles: ['hiring'] })).status).toBe(200)
  const refused = await patch(clerk.token, user.id, { roles: ['admin'] })
  expect(refused.status).toBe(403)
  expect(refused.body.error.details.permission).toBe('catalog:write' as never)
  expect((await patch(clerk.token, clerk.id, { roles: ['admin'] })).status).toBe(403)
  expect((await patch(clerk.token, admin.id, { disabled: true })).status).toBe(403)
  expect(
    (
      await auth.call('POST', '/api/auth/users', {
        token: clerk.token,
        body: { email: 'x@example.com', name: 'X', roles: ['admin'] },
      })
    ).status,
  ).toBe(403)
  expect(
    (await auth.call('PUT', '/api/auth/roles/mighty', { token: clerk.token, body: { permissions: ['refunds:write'] } }))
      .status,
  ).toBe(403)
})

test('only the role admin holds catalog:write, and built-in roles stay as they are', async () => {
  const put = (name: string, permissions: string[]) =>
    auth.call('PUT', `/api/auth/roles/${name}`, { token: admin.token, body: { permissions } })
  expect((await put('editor', ['catalog:write'])).status).toBe(400)
  expect((await put('editor', ['catalog:delete'])).status).toBe(400)
  expect((await put('support', ['orders:write'])).status).toBe(409)
  expect((await put('editor', ['promotions:write'])).body.data).toMatchObject({
    name: 'editor',
    permissions: ['promotions:write'],
  })
  expect((await auth.call('GET', '/api/auth/roles/editor', { token: admin.token })).status).toBe(200)
  expect((await auth.call('GET', '/api/auth/roles/missing', { token: admin.token })).status).toBe(404)
})

test("a role's change counts for its holders on the next request", async () => {
  const put = (permissions: string[]) =>
    auth.call('PUT', '/api/auth/roles/seasonal', { token: admin.token, body: { permissions } })
  await put(['orders:read'])
  const { accessToken } = await auth.registerAs('seasonal@example.com', ['seasonal'])
  const ask = async () => (await auth.authorize('orders:read', { authorization: `Bearer ${accessToken}` })).status
  expect(await ask()).toBe(200)
  await put([])
  expect(await ask()).toBe(403)
})

test('roles that do not exist and users that do not exist are told apart', async () => {
  expect((await patch(admin.token, clerk.id, { roles: ['wizard'] })).status).toBe(400)
  expect((await patch(admin.token, 'usr_gone', { disabled: true })).status).toBe(404)
})

test('disabling ends every session and bars sign-in until enabled again', async () => {
  const { accessToken, user, refreshToken } = await auth.register('barred@example.com')
  expect((await patch(admin.token, user.id, { disabled: true })).body.data).toMatchObject({ isDisabled: true })
  expect((await auth.authorize('signed-in', { authorization: `Bearer ${accessToken}` })).status).toBe(401)
  expect((await auth.send('POST', '/api/auth/refresh', { body: { refreshToken } })).status).toBe(401)
  const login = () =>
    auth.send('POST', '/api/auth/login', { body: { email: 'barred@example.com', password: 'a perfectly fine one' } })
  expect((await login()).status).toBe(403)
  await patch(admin.token, user.id, { disabled: false })
  expect((await login()).status).toBe(200)
})

test('the last admin stays', async () => {
  expect((await patch(admin.token, admin.id, { roles: ['customer'] })).status).toBe(409)
  expect((await patch(admin.token, admin.id, { disabled: true })).status).toBe(409)
  const removal = await auth.call('DELETE', '/api/auth/me', {
    token: admin.token,
    body: { password: 'a perfectly fine one' },
  })
  expect(removal.status).toBe(409)
})

test('of two admins who leave at the same moment one stays', async () => {
  const second = await auth.registerAs('second@example.com', ['admin'])
  const replies = await Promise.all([
    patch(admin.token, admin.id, { roles: ['customer'] }),
    patch(second.accessToken, second.user.id, { roles: ['customer'] }),
  ])
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 409])
  await auth.store.users.update(admin.id, { roles: ['admin'] })
})

test('the audit log tells who changed whom, from what to what', async () => {
  const { user } = await auth.register('watched@example.com')
  await patch(admin.token, user.id, { roles: ['support'] })
  const reply = await auth.call('GET', `/api/auth/audit?target=${user.id}&action=user.changed`, { token: admin.token })
  expect(reply.body.data.items).toMatchObject([
    { actor: admin.id, details: { before: { roles: ['customer'] }, after: { roles: ['support'] } } },
  ] as never)
})
