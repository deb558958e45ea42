import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { DomainEvent } from '@vitrine/contracts/events'
import { createEventHandlers } from './events.ts'
import { startMailbox } from './mailbox.testing.ts'

let mailbox: Awaited<ReturnType<typeof startMailbox>>
beforeAll(async () => {
  mailbox = await startMailbox()
}, 30_000)
afterAll(() => mailbox.stop())

const confirmed = (id: string, email: string): DomainEvent<'order.confirmed'> => ({
  id,
  type: 'order.confirmed',
  version: 1,
  occurredAt: '2026-11-21T12:00:00.000Z',
  data: {
    orderId: 'ord_1',
    number: '10482',
    email,
    total: { amount: 4200, currency: 'EUR' },
    cartId: 'crt_1',
    cartVersion: 1,
    lines: [{ sku: 'POM', quantity: 1, title: 'Pomona teapot', options: {}, total: { amount: 4200, currency: 'EUR' } }],
    shippingName: 'Mara',
  },
})

async function deliver(event: DomainEvent<'order.confirmed'>) {
  const handlers = createEventHandlers(mailbox.service, 'https://shop.example')
  await mailbox.inbox.once(event.id, (session) => handlers['order.confirmed'](event, session))
}

const mailsTo = async (to: string) => (await mailbox.messages.list({ to, limit: 10 })).items

test('a confirmed order writes one confirmation mail', async () => {
  await deliver(confirmed('evt_one', 'one@example.com'))
  const [mail, ...others] = await mailsTo('one@example.com')
  expect(others).toEqual([])
  expect(mail).toMatchObject({ template: 'order-confirmed', status: 'stored', subject: 'Order 10482 is confirmed' })
})

test('the same event ten times at once still writes one mail', async () => {
  const event = confirmed('evt_ten', 'ten@example.com')
  await Promise.allSettled(Array.from({ length: 10 }, () => deliver(event)))
  expect(await mailsTo('ten@example.com')).toHaveLength(1)
})

test('one cause is one message even where the inbox has forgotten the event', async () => {
  const notice = {
    cause: 'evt_again/welcome',
    to: 'again@example.com',
    template: 'welcome' as const,
    content: { subject: 's', html: 'h', text: 't' },
  }
  const ids = await Promise.all([
    mailbox.service.notify(notice),
    mailbox.service.notify(notice),
    mailbox.service.notify(notice),
  ])
  expect(new Set(ids).size).toBe(1)
  expect(await mailsTo('again@example.com')).toHaveLength(1)
})
