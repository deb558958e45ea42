import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import type Stripe from 'stripe'
import { eventually, startTestSandbox, type TestSandbox } from './sandbox.testing.ts'
import { RETRY_SECONDS } from './webhooks.ts'

let sandbox: TestSandbox
let stripe: Stripe
beforeAll(async () => {
  sandbox = await startTestSandbox()
  stripe = sandbox.stripe
})
beforeEach(() => sandbox.control('reset'))
afterAll(() => sandbox.stop())

test('a part of the shop is ill until its time is over, until it is ended, or until everything is straightened', async () => {
  const switched = async () => {
    const reply = await fetch(`${sandbox.url}/_control/state`)
    const { switches }: { switches: { part: string; kind: string }[] } = await reply.json()
    return switches.map(({ part, kind }) => `${part} ${kind}`)
  }
  await sandbox.control('switches', { part: 'catalog', kind: 'slow', seconds: 60 })
  await sandbox.control('switches', { part: 'redis', kind: 'failing', seconds: 60 })
  await sandbox.control('switches', { part: 'catalog', kind: 'failing', seconds: 60 })
  expect(await switched()).toEqual(['redis failing', 'catalog failing'])
  await sandbox.control('switches', { part: 'redis', kind: 'off' })
  expect(await switched()).toEqual(['catalog failing'])
  await sandbox.control('switches', { part: 'all', kind: 'off' })
  expect(await switched()).toEqual([])
})

interface Received {
  event: Stripe.Event
  signature: string
  payload: string
}

/** A receiver of its own, registered for these types; `answer` says what the n-th delivery gets. */
async function receiver(types: string[], answer: (count: number) => number = () => 200) {
  const seen: Received[] = []
  let count = 0
  const server = Bun.serve({
    port: 0,
    async fetch(request) {
      const payload = await request.text()
      const signature = request.headers.get('stripe-signature') ?? ''
      count += 1
      const status = answer(count)
      if (status === 200) seen.push({ event: JSON.parse(payload), signature, payload })
      return new Response(null, { status })
    },
  })
  const endpoint = await stripe.webhookEndpoints.create({
    url: `http://127.0.0.1:${server.port}/hook`,
    enabled_events: types as Stripe.WebhookEndpointCreateParams.EnabledEvent[],
  })
  return {
    seen,
    endpoint,
    secret: endpoint.secret ?? '',
    async close() {
      await stripe.webhookEndpoints.del(endpoint.id)
      await server.stop(true)
    },
  }
}

const pay = (payment_method = 'pm_card_visa') =>
  stripe.paymentIntents.create({ amount: 1999, currency: 'eur', confirm: true, payment_method })

const verify = ({ payload, signature }: Received, secret: string) =>
  stripe.webhooks.constructEventAsync(payload, signature, secret)

test('every event of a payment arrives once, signed so that the official library accepts it', async () => {
  const hook = await receiver(['*'])
  const intent = await pay()
  await eventually('three events', async () => hook.seen.length === 3)
  expect(hook.seen.map(({ event }) => event.type).sort()).toEqual([
    'charge.succeeded',
    'payment_intent.created',
    'payment_intent.succeeded',
  ])
  for (const received of hook.seen) {
    const event = await verify(received, hook.secret)
    expect(event).toMatchObject({ livemode: false, api_version: '2026-10-28.endive' })
  }
  await eventually('nothing is pending', async () => {
    const { data } = await stripe.events.list({ limit: 3 })
    return data.every(({ pending_webhooks }) => pending_webhooks === 0)
  })
  expect(intent.status).toBe('succeeded')
  await hook.close()
})

test('a refused delivery is repeated with growing delays until it is taken', async () => {
  const hook = await receiver(['payment_intent.succeeded'], (count) => (count <= 3 ? 500 + count : 200))
  await pay()
  for (const [index, wait] of RETRY_SECONDS.slice(0, 3).entries()) {
    await eventually('the try is logged', async () => (await log())[0]?.lastAnswer === String(501 + index))
    await sandbox.control('clock', { advanceSeconds: wait })
  }
  await eventually('it is taken', async () => hook.seen.length === 1)
  const [delivery] = await eventually('it is logged', async () => {
    const items = await log()
    return items[0]?.status === 'delivered' && items
  })
  expect(delivery).toMatchObject({ attempts: 4, lastAnswer: '200' })
  expect(RETRY_SECONDS).toEqual([...RETRY_SECONDS].sort((a, b) => a - b))
  await hook.close()
})

async function log(query = ''): Promise<{ status: string; attempts: number; lastAnswer: string; eventId: string }[]> {
  const reply = await fetch(`${sandbox.url}/_control/deliveries${query}`)
  return (await reply.json()).items
}

test('events that did not arrive are found by delivery_success and can be sent again', async () => {
  const hook = await receiver(['payment_intent.succeeded'], () => 200)
  await sandbox.control('webhooks', { drop: true })
  const intent = await pay()
  const missed = await eventually('it is dropped', async () => {
    const items = await log()
    return items[0]?.status === 'dropped' && items[0]
  })
  const { data } = await stripe.events.list({ delivery_success: false, types: ['payment_intent.succeeded'] })
  expect(data[0]?.id).toBe(missed.eventId)
  expect(data[0]?.data.object).toMatchObject({ id: intent.id })
  await sandbox.control('webhooks', {})
  await sandbox.control('resend', { event: missed.eventId })
  await eventually('it arrives', async () => hook.seen.length === 1)
  await eventually('it counts as delivered', async () => {
    const { data } = await stripe.events.list({ delivery_success: true, types: ['payment_intent.succeeded'], limit: 1 })
    return data[0]?.id === missed.eventId
  })
  await hook.close()
})

test('during a roll both secrets sign, and afterwards only the new one', async () => {
  const hook = await receiver(['payment_intent.succeeded'])
  const { secret } = await sandbox.control('roll', { endpoint: hook.endpoint.id, expiresInSeconds: 60 })
  await pay()
  const [during] = await eventually('the first', async () => hook.seen.length === 1 && hook.seen)
  if (!during) throw new Error('Nothing arrived.')
  expect(during.signature.match(/v1=/g)).toHaveLength(2)
  expect((await verify(during, hook.secret)).id).toBe(during.event.id)
  expect((await verify(during, secret)).id).toBe(during.event.id)
  await sandbox.control('clock', { advanceSeconds: 120 })
  await pay()
  const [, after] = await eventually('the second', async () => hook.seen.length === 2 && hook.seen)
  if (!after) throw new Error('Nothing arrived.')
  expect((await verify(after, secret)).id).toBe(after.event.id)
  expect(verify(after, hook.secret)).rejects.toThrow()
  await hook.close()
})

test.each(['signature', 'stale', 'body'])(
  'a delivery with a bad %s is refused by the official library',
  async (failWith) => {
    const hook = await receiver(['payment_intent.succeeded'])
    await sandbox.control('webhooks', { failWith })
    await pay()
    const [received] = await eventually('it arrives', async () => hook.seen.length === 1 && hook.seen)
    if (!received) throw new Error('Nothing arrived.')
    expect(verify(received, hook.secret)).rejects.toThrow()
    await hook.close()
  },
)

test('on request events are repeated, delayed and shuffled, and lose nothing', async () => {
  const hook = await receiver(['payment_intent.succeeded'])
  await sandbox.control('webhooks', { duplicate: 3, shuffle: true, delayMs: 100 })
  const intents = await Promise.all(Array.from({ length: 4 }, () => pay()))
  await eventually('all arrive three times', async () => hook.seen.length === 12)
  const ids = hook.seen.map(({ event }) => (event.data.object as Stripe.PaymentIntent).id)
  for (const { id } of intents) expect(ids.filter((other) => other === id)).toHaveLength(3)
  await hook.close()
})

test('a disabled endpoint gets nothing and an endpoint only what it asked for', async () => {
  const hook = await receiver(['charge.refunded', 'charge.dispute.created', 'radar.early_fraud_warning.created'])
  await stripe.webhookEndpoints.update(hook.endpoint.id, { disabled: true })
  await pay('pm_card_createDispute')
  await stripe.webhookEndpoints.update(hook.endpoint.id, { disabled: false })
  await pay('pm_card_createDispute')
  await pay('pm_card_createIssuerFraudRecord')
  const paid = await pay()
  await stripe.refunds.create({ payment_intent: paid.id })
  await eventually('three events', async () => hook.seen.length === 3)
  expect(hook.seen.map(({ event }) => event.type).sort()).toEqual([
    'charge.dispute.created',
    'charge.refunded',
    'radar.early_fraud_warning.created',
  ])
  await hook.close()
})
