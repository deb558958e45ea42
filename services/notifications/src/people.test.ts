import { afterAll, beforeAll, expect, test } from 'bun:test'
import { withTransaction } from '@vitrine/kernel/mongo'
import { startMailbox } from './mailbox.testing.ts'

let mailbox: Awaited<ReturnType<typeof startMailbox>>
beforeAll(async () => {
  mailbox = await startMailbox()
})
afterAll(() => mailbox.stop())

const keep = (to: string, template: 'custom' | 'password-reset', text: string) =>
  mailbox.service.notify({ cause: crypto.randomUUID(), to, template, content: { subject: 'S', html: text, text } })

const ask = (headers: Record<string, string>) =>
  mailbox.app.handle(
    new Request('http://localhost/internal/notifications/people/usr_1?email=ann@example.com', { headers }),
  )

test('auth alone reads what was written to somebody, and never a personal link', async () => {
  await keep('ann@example.com', 'custom', 'A letter')
  await keep('ann@example.com', 'password-reset', 'https://shop.example/reset?token=secret')
  await keep('bob@example.com', 'custom', 'Not for Ann')
  expect((await ask({})).status).toBe(401)
  expect((await ask({ 'x-service': 'catalog' })).status).toBe(403)
  const text = await (await ask({ 'x-service': 'auth' })).text()
  expect(text).toContain('A letter')
  expect(text).not.toContain('secret')
  expect(text).not.toContain('Not for Ann')
})

test('the messages of a deleted account go, those of others stay', async () => {
  const gone = { userId: 'usr_2', email: 'gone@example.com' }
  await keep(gone.email, 'custom', 'Old letter')
  await keep('stays@example.com', 'custom', 'Another')
  await withTransaction(mailbox.connection, (session) => mailbox.people.forget(gone, session))
  expect(await mailbox.people.list(gone)).toEqual([])
  expect(await mailbox.people.list({ userId: 'usr_3', email: 'stays@example.com' })).toHaveLength(1)
})
