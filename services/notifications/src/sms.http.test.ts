import { afterAll, beforeAll, expect, test } from 'bun:test'
import type { DomainEvent } from '@vitrine/contracts/events'
import { createEventHandlers } from './events.ts'
import { startMailbox } from './mailbox.testing.ts'
import { createSender } from './sender.service.ts'
import { createHttpSms } from './sms.http.ts'

type Received = { key: string | null; authorization: string | null; body: { id: string; to: string; text: string } }

const received: Received[] = []
let answer = 202
/** A provider as its customers see it: it takes a POST and answers with a status. */
const provider = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  async fetch(request) {
    const body: Received['body'] = JSON.parse(await request.text())
    received.push({
      key: request.headers.get('idempotency-key'),
      authorization: request.headers.get('authorization'),
      body,
    })
    return new Response(null, { status: answer })
  },
})

let mailbox: Awaited<ReturnType<typeof startMailbox>>
let unset: Awaited<ReturnType<typeof startMailbox>>
beforeAll(async () => {
  mailbox = await startMailbox({ channels: ['sms'] })
  unset = await startMailbox()
}, 30_000)
afterAll(async () => {
  await provider.stop(true)
  await mailbox.stop()
  await unset.stop()
})

const sendDue = () =>
  createSender({
    messages: mailbox.messages,
    channels: { sms: createHttpSms(String(provider.url), 'secret-token') },
    clock: mailbox.clock,
  })()

const shipped = (id: string, phone?: string): DomainEvent<'order.shipped'> => ({
  id,
  type: 'order.shipped',
  version: 1,
  occurredAt: '2026-11-21T12:00:00.000Z',
  data: {
    orderId: 'ord_1',
    number: '10482',
    email: `${id}@example.com`,
    ...(phone ? { phone } : {}),
    carrier: 'DHL',
    tracking: 'JD01',
  },
})

async function deliver(box: typeof mailbox, event: DomainEvent<'order.shipped'>) {
  const handlers = createEventHandlers(box.service, 'https://shop.example')
  await box.inbox.once(event.id, (session) => handlers['order.shipped'](event, session))
}

const texts = async (box: typeof mailbox) => (await box.messages.list({ channel: 'sms', limit: 50 })).items

test('a shipped order is told by SMS too where the buyer left a number, once for each event', async () => {
  answer = 202
  const event = shipped('evt_sms', '+49 170 / 1234567')
  await deliver(mailbox, event)
  await deliver(mailbox, event)
  await sendDue()
  await sendDue()
  const sent = received.filter(({ body }) => body.to === '+491701234567')
  expect(sent).toHaveLength(1)
  expect(sent[0]?.body.text).toBe(
    'Vitrine: order 10482 is on its way with DHL, JD01. https://shop.example/orders/lookup?number=10482',
  )
  expect(sent[0]?.key).toBe(sent[0]?.body.id ?? '')
  expect(sent[0]?.authorization).toBe('Bearer secret-token')
  expect((await texts(mailbox)).find(({ to }) => to === '+491701234567')?.status).toBe('sent')
})

test('without a number, or without a provider, no SMS is written and the mail goes as ever', async () => {
  await deliver(mailbox, shipped('evt_no_number'))
  await deliver(unset, shipped('evt_no_provider', '+491709999999'))
  expect(received.filter(({ body }) => body.to === '+491709999999')).toEqual([])
  expect(await texts(unset)).toEqual([])
  expect((await unset.messages.list({ to: 'evt_no_provider@example.com', limit: 5 })).items).toHaveLength(1)
})

test('a busy provider gets the message again later, one that refuses does not', async () => {
  answer = 503
  await deliver(mailbox, shipped('evt_busy', '+491700000001'))
  await sendDue()
  const find = async (to: string) => (await texts(mailbox)).find((one) => one.to === to)
  expect(await find('+491700000001')).toMatchObject({ status: 'queued', attempts: 1 })
  answer = 202
  mailbox.clock.advance(5000)
  await sendDue()
  expect(await find('+491700000001')).toMatchObject({ status: 'sent', attempts: 2 })
  answer = 400
  await deliver(mailbox, shipped('evt_refused', '+491700000002'))
  await sendDue()
  expect(await find('+491700000002')).toMatchObject({ status: 'failed' })
})
