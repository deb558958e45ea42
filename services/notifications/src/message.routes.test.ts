import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Message, MessagePage } from '@vitrine/contracts/notifications'
import { startMailbox } from './mailbox.testing.ts'

let mailbox: Awaited<ReturnType<typeof startMailbox>>
beforeAll(async () => {
  mailbox = await startMailbox()
}, 30_000)
afterAll(() => mailbox.stop())

async function call(
  path: string,
  { as, body, method = body ? 'POST' : 'GET' }: { as?: string; body?: unknown; method?: string } = {},
) {
  const reply = await mailbox.app.handle(
    new Request(`http://localhost/api/notifications/messages${path}`, {
      method,
      headers: { ...(as ? { 'x-identity': as } : {}), ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }),
  )
  return { status: reply.status, body: await reply.json() }
}

test('only staff who may see customers read the mailbox', async () => {
  expect((await call('')).status).toBe(401)
  expect((await call('', { as: 'customer' })).status).toBe(403)
  expect((await call('', { as: 'support' })).status).toBe(200)
})

test('support reads mails but neither writes nor sends them again', async () => {
  const body = { to: 'a@example.com', subject: 'Hello', text: 'Hi' }
  expect((await call('', { as: 'support', body })).status).toBe(403)
  const { body: written } = await call('', { as: 'admin', body })
  expect((await call(`/${written.data.id}/resend`, { as: 'support', method: 'POST' })).status).toBe(403)
})

test('a mail written by an admin is kept with both versions and can be sent again', async () => {
  const written = await call('', { as: 'admin', body: { to: 'Kept@Example.com', subject: 'Hello', text: 'Hi & bye' } })
  expect(written.status).toBe(201)
  const message = Message.parse(written.body.data)
  expect(message).toMatchObject({ to: 'kept@example.com', template: 'custom', status: 'stored', text: 'Hi & bye' })
  const resent = Message.parse((await call(`/${message.id}/resend`, { as: 'order-manager', method: 'POST' })).body.data)
  expect(resent).toMatchObject({ id: message.id, resends: 1, status: 'stored' })
})

test('a subject of two lines is refused, so no header can be smuggled in', async () => {
  const { status, body } = await call('', {
    as: 'admin',
    body: { to: 'a@example.com', subject: 'Hi\r\nBcc: b@example.com', text: 'x' },
  })
  expect(status).toBe(400)
  expect(body.error.code).toBe('invalid_input')
})

test('the list filters by recipient and template and goes on page by page', async () => {
  for (const subject of ['1', '2', '3']) {
    await mailbox.service.write({ to: 'pages@example.com', subject, text: 'x' })
    mailbox.clock.advance(1000)
  }
  const first = MessagePage.parse(
    (await call('?to=pages@example.com&template=custom&limit=2', { as: 'support' })).body.data,
  )
  expect(first.items.map((item) => item.subject)).toEqual(['3', '2'])
  const second = MessagePage.parse(
    (await call(`?to=pages@example.com&limit=2&cursor=${first.nextCursor}`, { as: 'support' })).body.data,
  )
  expect(second.items.map((item) => item.subject)).toEqual(['1'])
  expect(second.nextCursor).toBeNull()
  expect((await call('?to=pages@example.com&template=welcome', { as: 'support' })).body.data.items).toEqual([])
})

test('a cursor that is none of ours is refused', async () => {
  expect((await call('?cursor=nonsense', { as: 'support' })).status).toBe(400)
})

test('a message that does not exist is not found', async () => {
  expect((await call(`/msg_${'a'.repeat(22)}`, { as: 'support' })).status).toBe(404)
})

test('a mail with a personal link shows it to no one but those who manage staff, and is not sent again', async () => {
  const content = { subject: 'Choose a new password', html: '<a href="secret-link">x</a>', text: 'secret-link' }
  const id = await mailbox.service.notify({
    cause: 'evt_reset/password-reset',
    to: 'reset@example.com',
    template: 'password-reset',
    content,
  })
  expect(JSON.stringify((await call(`/${id}`, { as: 'support' })).body)).not.toContain('secret-link')
  expect((await call(`/${id}`, { as: 'admin' })).body.data.text).toBe('secret-link')
  expect((await call(`/${id}/resend`, { as: 'admin', method: 'POST' })).status).toBe(409)
})

test('what was given up goes back into the queue together, by those who may send again', async () => {
  const write = async (to: string) => (await mailbox.service.write({ to, subject: 'x', text: 'x' })).id
  const ids = [await write('parked-1@example.com'), await write('parked-2@example.com')]
  for (const id of ids) {
    await mailbox.messages.requeue(id, 'queued', mailbox.clock.now(), null)
    const claim = await mailbox.messages.claimDue(['mail'], mailbox.clock.now(), 60)
    if (!claim) throw new Error('One message is due.')
    await mailbox.messages.settle(claim, { status: 'parked', lastError: 'away', nextAttemptAt: mailbox.clock.now() })
  }
  const parked = MessagePage.parse((await call('?status=parked&channel=mail', { as: 'support' })).body.data)
  expect(parked.items.map(({ id }) => id).sort()).toEqual(ids.sort())
  expect((await call('/parked/resend', { as: 'support', method: 'POST' })).status).toBe(403)
  expect((await call('/parked/resend', { as: 'order-manager', method: 'POST' })).body.data).toEqual({ count: 2 })
  expect((await call('?status=parked', { as: 'support' })).body.data.items).toEqual([])
  expect((await call('/parked/resend', { as: 'order-manager', method: 'POST' })).body.data).toEqual({ count: 0 })
})

test('the audit log hears who wrote a mail and sent it again, and nothing of what was refused', async () => {
  const acts = async () => {
    const rows = await mailbox.connection.collection('outbox').find({ type: 'staff.acted' }).toArray()
    return rows.map(({ data }) => data)
  }
  const before = (await acts()).length
  const body = { to: 'heard@example.com', subject: 'Heard', text: 'Not for the log' }
  const { id } = (await call('', { as: 'admin', body })).body.data
  await call(`/${id}/resend`, { as: 'order-manager', method: 'POST' })
  await call(`/${id}/resend`, { as: 'support', method: 'POST' })
  expect((await call('/none/resend', { as: 'order-manager', method: 'POST' })).status).toBe(404)
  const told = (await acts()).slice(before)
  expect(told).toMatchObject([
    { action: 'message.written', actor: 'usr_admin', target: id, before: null, after: { to: 'heard@example.com' } },
    { action: 'message.resent', actor: 'usr_order-manager', target: id, before: { resends: 0 }, after: { resends: 1 } },
  ])
  expect(JSON.stringify(told)).not.toContain('Not for the log')
})
