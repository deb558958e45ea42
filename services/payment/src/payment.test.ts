import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import type { EventType } from '@vitrine/contracts/events'
import { PaymentTrace } from '@vitrine/contracts/traces'
import { systemClock } from '@vitrine/kernel/clock'
import { silentLog } from '@vitrine/kernel/log'
import { connectMongo, ensureIndexes } from '@vitrine/kernel/mongo'
import { profiled, startTestMongo } from '@vitrine/kernel/stores.testing'
import { testCallerVerifier, testIdentityVerifier } from '@vitrine/kernel/verifiers.testing'
import type { Connection } from 'mongoose'
import type Stripe from 'stripe'
import { createPaymentApp } from './app.ts'
import { createStripe } from './stripe.gateway.ts'
import { stripeSettings } from './stripe.settings.ts'
import { wirePayments } from './wiring.ts'

/** The sandbox runs as its own process: a service never imports another. */
let sandboxUrl: string
let stripe: Stripe
let connection: Connection
let parts: ReturnType<typeof wirePayments>
let app: ReturnType<typeof createPaymentApp>
/** The same service for tests that wait until it gives up: it does so sooner. */
let hasty: ReturnType<typeof createPaymentApp>
/** The same as where real buyers are. */
let publicApp: typeof app
let receiver: ReturnType<typeof Bun.serve>
const stops: (() => unknown)[] = []
let orderCount = 0

async function startSandboxProcess(): Promise<string> {
  const probe = Bun.serve({ port: 0, fetch: () => new Response() })
  const { port } = probe
  await probe.stop(true)
  const entry = Bun.resolveSync('../../stripe-sandbox/src/main.ts', import.meta.dir)
  const env = { ...process.env, PORT: String(port), SANDBOX_STORE: 'memory', STRIPE_SECRET_KEY: '', NODE_ENV: 'test' }
  const child = Bun.spawn([process.execPath, entry], { env, stdout: 'ignore', stderr: 'inherit' })
  stops.push(() => child.kill())
  const url = `http://127.0.0.1:${port}`
  for (let wait = 0; wait < 200; wait++) {
    const isUp = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isUp) return url
    await Bun.sleep(50)
  }
  throw new Error('The sandbox did not start.')
}

beforeAll(async () => {
  const mongo = await startTestMongo()
  sandboxUrl = await startSandboxProcess()
  connection = await connectMongo(mongo.url, `payment_${Date.now()}`, silentLog())
  const secretKey = `sk_test_suite${Date.now()}`
  const settings = stripeSettings({ SANDBOX_URL: sandboxUrl, SANDBOX_SECRET_KEY: secretKey })
  stripe = createStripe(settings)
  const common = { clock: systemClock, log: silentLog() }
  parts = wirePayments({ connection, settings, ...common })
  await ensureIndexes(connection)
  const verifiers = { verifyIdentity: testIdentityVerifier, verifyCaller: testCallerVerifier }
  const deps = { ...common, ...parts, ...verifiers, checks: {}, isForTesters: true }
  app = createPaymentApp(deps)
  publicApp = createPaymentApp({ ...deps, isForTesters: false })
  const impatient = wirePayments({ connection, settings: { ...settings, timeoutMs: 500 }, ...common })
  hasty = createPaymentApp({ ...deps, ...impatient })
  receiver = Bun.serve({ port: 0, fetch: (request) => app.handle(request) })
  await parts.webhooks.register(`http://127.0.0.1:${receiver.port}/api/payments/webhooks/stripe`)
}, 60_000)

afterAll(async () => {
  for (const stop of stops) await stop()
  await receiver.stop(true)
  await connection.close()
})

const control = (name: string, body: object) =>
  fetch(`${sandboxUrl}/_control/${name}`, { method: 'POST', body: JSON.stringify(body) })
beforeEach(() => control('reset', {}))

const call = async (
  method: string,
  path: string,
  options: { body?: unknown; headers?: Record<string, string>; of?: typeof app } = {},
) => {
  const headers = {
    'x-service': 'orders',
    ...(options.body ? { 'content-type': 'application/json' } : {}),
    ...options.headers,
  }
  const body = options.body === undefined ? null : JSON.stringify(options.body)
  const reply = await (options.of ?? app).handle(new Request(`http://localhost${path}`, { method, headers, body }))
  return { status: reply.status, json: await reply.json() }
}

const newOrder = () => {
  orderCount += 1
  return {
    orderId: `ord_${orderCount}`,
    amount: { amount: 4200, currency: 'EUR' as const },
    email: 'buyer@example.com',
  }
}

async function newIntent() {
  const order = newOrder()
  const { json } = await call('POST', '/internal/payments/intents', { body: order })
  return { ...order, ...json.data }
}

const pay = (intentId: string, method = 'pm_card_visa') =>
  stripe.paymentIntents.confirm(intentId, { payment_method: method })

/** Events of an order in the outbox. */
async function eventsOf(orderId: string, type: EventType): Promise<unknown[]> {
  return connection.collection('outbox').find({ type, 'data.orderId': orderId }).toArray()
}

async function eventually(check: () => Promise<boolean>) {
  for (let wait = 0; wait < 200; wait++) {
    if (await check()) return
    await Bun.sleep(50)
  }
  throw new Error('This did not happen in time.')
}

const hasSucceeded = (orderId: string) => async () => (await eventsOf(orderId, 'payment.succeeded')).length > 0

test('the configuration names the sandbox, its publishable key and its script', async () => {
  const { json } = await call('GET', '/api/payments/config')
  expect(json.data).toMatchObject({ mode: 'sandbox', scriptUrl: '/stripe/js' })
  expect(json.data.publishableKey).toMatch(/^pk_test_[0-9a-f]{32}$/)
})

test('an order has one intent, however often it is asked for', async () => {
  const order = newOrder()
  const replies = await Promise.all(
    Array.from({ length: 5 }, () => call('POST', '/internal/payments/intents', { body: order })),
  )
  expect(new Set(replies.map(({ json }) => json.data?.intentId)).size).toBe(1)
  const { json } = await call('GET', `/internal/payments/intents/${order.orderId}`)
  expect(json.data).toEqual(replies[0]?.json.data)
})

test('another amount for the same order is refused', async () => {
  const { orderId } = await newIntent()
  const body = { orderId, amount: { amount: 1, currency: 'EUR' }, email: 'a@b.c' }
  expect((await call('POST', '/internal/payments/intents', { body })).json.error.code).toBe('idempotency_mismatch')
})

test('only orders may call the internal routes, and only staff may read payments', async () => {
  const { orderId } = await newIntent()
  const as = (role: string) => call('GET', `/api/payments/${orderId}`, { headers: { 'x-identity': role } })
  expect(
    (await call('POST', '/internal/payments/intents', { body: newOrder(), headers: { 'x-service': 'cart' } })).status,
  ).toBe(403)
  expect((await call('GET', `/api/payments/${orderId}`)).status).toBe(401)
  expect((await as('customer')).status).toBe(403)
  const { status, json } = await as('support')
  expect(status).toBe(200)
  expect(JSON.stringify(json)).not.toContain('secret')
})

test('a paid intent is announced once by its webhook, also when that comes ten times', async () => {
  await control('webhooks', { duplicate: 10 })
  const { orderId, intentId } = await newIntent()
  await pay(intentId)
  await eventually(hasSucceeded(orderId))
  await Bun.sleep(300)
  expect(await eventsOf(orderId, 'payment.succeeded')).toHaveLength(1)
}, 15_000)

test('an intent and its webhook cost the store seven operations, none of which walks through a collection', async () => {
  const operations = await profiled(connection, async () => {
    const { intentId } = await newIntent()
    await pay(intentId)
    const inbox = connection.collection('webhook_inbox')
    await eventually(async () => (await inbox.countDocuments({ intentId, status: 'done' })) === 1)
  })
  const own = operations.filter(({ name }) => name !== 'aggregate webhook_inbox')
  expect(own.map(({ name }) => name).sort()).toEqual([
    'insert outbox',
    'insert payments',
    'insert webhook_inbox',
    'query payments',
    'update payments',
    'update payments',
    'update webhook_inbox',
  ])
  expect(own.filter(({ plan }) => plan.includes('COLLSCAN'))).toEqual([])
  expect(Math.max(...own.map(({ examined }) => examined))).toBeLessThanOrEqual(1)
}, 15_000)

test('cards confirmed while their intents are cancelled: either the money came and is announced once, or it never can', async () => {
  const races = Number(process.env.RACES ?? 20)
  const ends = new Map<boolean, number>()
  for (let done = 0; done < races; done += 10) {
    const intents = await Promise.all(Array.from({ length: 10 }, newIntent))
    const outcomes = await Promise.all(
      intents.map(async ({ orderId, intentId }, index) => {
        // Either has its turn to begin first, so that both ends are seen; how far the other is behind is left to chance.
        const behind = () => Bun.sleep(Math.random() * 30)
        const cancel = async () => {
          if (index % 2 === 0) await behind()
          return (await parts.service.cancel(orderId)).outcome
        }
        const confirm = async () => {
          if (index % 2 === 1) await behind()
          return pay(intentId).then(
            () => true,
            () => false,
          )
        }
        return Promise.all([confirm(), cancel()])
      }),
    )
    for (const [index, [isPaid, outcome]] of outcomes.entries()) {
      const { orderId } = intents[index] ?? { orderId: '' }
      expect([orderId, outcome]).toEqual([orderId, isPaid ? 'succeeded' : 'cancelled'])
      if (isPaid) await eventually(hasSucceeded(orderId))
      expect(await eventsOf(orderId, 'payment.succeeded')).toHaveLength(isPaid ? 1 : 0)
      ends.set(isPaid, (ends.get(isPaid) ?? 0) + 1)
    }
  }
  expect([...ends.keys()].sort()).toEqual([false, true])
  if (process.env.RACES) console.log('paid or not', Object.fromEntries(ends))
}, 300_000)

test('a decline is announced, and then the other card pays the same intent', async () => {
  const { orderId, intentId } = await newIntent()
  await pay(intentId, 'pm_card_visa_chargeDeclined').catch(() => undefined)
  await eventually(async () => (await eventsOf(orderId, 'payment.failed')).length === 1)
  await pay(intentId)
  await eventually(hasSucceeded(orderId))
}, 15_000)

test('with all webhooks dropped the reconciler still finds out, and writes down that it had to', async () => {
  await control('webhooks', { drop: true })
  const { orderId, intentId } = await newIntent()
  await pay(intentId)
  await connection
    .collection('payments')
    .updateOne({ intentId }, { $set: { createdAt: new Date(Date.now() - 60_000), checkedAt: new Date(0) } })
  await parts.reconciler.round()
  await parts.reconciler.round()
  expect(await eventsOf(orderId, 'payment.succeeded')).toHaveLength(1)
  const { json } = await call('GET', '/api/payments/breaks', { headers: { 'x-identity': 'admin' } })
  expect(json.data.items).toContainEqual(expect.objectContaining({ kind: 'missed_event', orderId }))
})

test('the sweep over the last day finds a paid intent that nobody reported', async () => {
  await control('webhooks', { drop: true })
  const { orderId, intentId } = await newIntent()
  await pay(intentId)
  await parts.reconciler.sweep()
  expect(await eventsOf(orderId, 'payment.succeeded')).toHaveLength(1)
})

test('the sweep asks the store about all intents at once, not about each', async () => {
  await control('webhooks', { drop: true })
  const paid = 6
  for (let index = 0; index < paid; index++) await pay((await newIntent()).intentId)
  await parts.reconciler.sweep()
  const operations = await profiled(connection, () => parts.reconciler.sweep())
  // One, and what the worker of webhooks may still be asking for tests before this one.
  expect(operations.filter(({ name }) => name === 'query payments').length).toBeLessThan(paid)
})

test('cancelling says whether the money was faster', async () => {
  const [open, paid] = [await newIntent(), await newIntent()]
  await pay(paid.intentId)
  const cancel = async (orderId: string) =>
    (await call('POST', `/internal/payments/intents/${orderId}/cancel`)).json.data.outcome
  expect(await cancel(open.orderId)).toBe('cancelled')
  expect(await cancel(open.orderId)).toBe('cancelled')
  expect(await cancel(paid.orderId)).toBe('succeeded')
  expect(await eventsOf(paid.orderId, 'payment.succeeded')).toHaveLength(1)
})

test('an order cancelled before it had an intent never gets one', async () => {
  const order = newOrder()
  expect((await call('POST', `/internal/payments/intents/${order.orderId}/cancel`)).json.data.outcome).toBe('absent')
  expect((await call('POST', '/internal/payments/intents', { body: order })).status).toBe(409)
})

test('an intent whose making was never answered is closed with its order, at once or by the sweep', async () => {
  const openOnes = async (orderId: string) => {
    const { data } = await stripe.paymentIntents.list({ limit: 100 })
    const own = data.filter(({ metadata }) => metadata.orderId === orderId)
    return own.map(({ status }) => status)
  }
  const loseAnswer = async () => {
    const order = newOrder()
    await control('faults', { path: '/v1/payment_intents', dropReply: true, times: 6 })
    expect((await call('POST', '/internal/payments/intents', { body: order, of: hasty })).status).toBe(503)
    return order.orderId
  }
  const cancel = async (orderId: string) =>
    (await call('POST', `/internal/payments/intents/${orderId}/cancel`, { of: hasty })).json.data.outcome
  const first = await loseAnswer()
  await control('reset', {})
  expect(await openOnes(first)).toEqual(['requires_payment_method'])
  expect(await cancel(first)).toBe('absent')
  expect(await openOnes(first)).toEqual(['canceled'])
  const second = await loseAnswer()
  expect(await cancel(second)).toBe('absent')
  await control('reset', {})
  expect(await openOnes(second)).toEqual(['requires_payment_method'])
  await parts.reconciler.sweep()
  expect(await openOnes(second)).toEqual(['canceled'])
}, 60_000)

test('an unknown outcome of cancelling is unavailable, never cancelled', async () => {
  const { orderId, intentId } = await newIntent()
  await control('faults', { path: '/v1/payment_intents', status: 500, times: 4 })
  const { status, json } = await call('POST', `/internal/payments/intents/${orderId}/cancel`)
  expect([status, json.error.code]).toEqual([503, 'unavailable'])
  await control('reset', {})
  expect((await stripe.paymentIntents.retrieve(intentId)).status).toBe('requires_payment_method')
}, 15_000)

test('a refund happens once per key and never beyond what was paid', async () => {
  const { orderId, intentId } = await newIntent()
  await pay(intentId)
  await eventually(hasSucceeded(orderId))
  const refund = (key: string, amount?: number) =>
    call('POST', '/internal/payments/refunds', {
      body: { orderId, key, reason: 'test', ...(amount ? { amount: { amount, currency: 'EUR' } } : {}) },
    })
  const [first, again] = [await refund('one', 1200), await refund('one', 1200)]
  expect(first.json.data).toMatchObject({ status: 'succeeded', amount: { amount: 1200 } })
  expect(again.json).toEqual(first.json)
  expect((await refund('one', 1300)).json.error.code).toBe('idempotency_mismatch')
  expect((await refund('two', 3001)).status).toBe(409)
  expect((await refund('three')).json.data.amount.amount).toBe(3000)
  await eventually(async () => (await eventsOf(orderId, 'payment.refunded')).length === 2)
  await Bun.sleep(500)
  expect(await eventsOf(orderId, 'payment.refunded')).toHaveLength(2)
}, 15_000)

test('a refund made at Stripe itself is taken over', async () => {
  const { orderId, intentId } = await newIntent()
  await pay(intentId)
  await eventually(hasSucceeded(orderId))
  await stripe.refunds.create({ payment_intent: intentId, amount: 100 })
  await eventually(async () => (await eventsOf(orderId, 'payment.refunded')).length === 1)
}, 15_000)

test('a refund that the bank sends back later is announced once, with what stays refunded', async () => {
  const { orderId, intentId } = await newIntent()
  await pay(intentId, 'pm_card_refundFail')
  await eventually(hasSucceeded(orderId))
  const body = { orderId, key: 'sent-back', reason: 'test', amount: { amount: 1200, currency: 'EUR' } }
  expect((await call('POST', '/internal/payments/refunds', { body })).json.data.status).toBe('succeeded')
  await eventually(async () => (await eventsOf(orderId, 'payment.refund_failed')).length > 0)
  const told = await eventsOf(orderId, 'payment.refund_failed')
  expect(told).toMatchObject([{ data: { key: 'sent-back', refundedTotal: { amount: 0 } } }])
  expect((await call('POST', '/internal/payments/refunds', { body: { ...body, key: 'repeat' } })).status).toBe(200)
}, 15_000)

test('the trace of a payment names its webhooks, repeats counted, its refunds, breaks and events', async () => {
  await control('webhooks', { duplicate: 3 })
  const { orderId, intentId } = await newIntent()
  await pay(intentId)
  await eventually(hasSucceeded(orderId))
  const staff = { 'x-identity': 'support' }
  const trace = async () =>
    PaymentTrace.parse((await call('GET', `/api/payments/${orderId}/trace`, { headers: staff })).json.data)
  const succeeded = async () => (await trace()).webhooks.find(({ type }) => type === 'payment_intent.succeeded')
  await eventually(async () => (await succeeded())?.deliveries === 3)
  expect(await succeeded()).toMatchObject({ status: 'done', attempts: 1, problem: null })
  expect((await trace()).events.map(({ type }) => type)).toEqual(['payment.succeeded'])
  expect((await call('GET', `/api/payments/${orderId}/trace`, { headers: { 'x-identity': 'customer' } })).status).toBe(
    403,
  )
}, 15_000)

test('the tester’s page sees the trace of a payment; where real buyers are there is no such page', async () => {
  const { orderId } = await newIntent()
  const path = `/internal/payments/testing/${orderId}`
  expect(PaymentTrace.parse((await call('GET', path)).json.data)).toMatchObject({ orderId, webhooks: [], breaks: [] })
  expect((await publicApp.handle(new Request(`http://localhost${path}`))).status).toBe(404)
})

test('a webhook that cannot be worked on is parked after ten tries, seen by staff, and can be worked on again', async () => {
  const { orderId, intentId } = await newIntent()
  await control('webhooks', { drop: true })
  await pay(intentId)
  const event = { eventId: `evt_parked_${orderId}`, type: 'payment_intent.succeeded', intentId, isLive: false }
  const now = new Date()
  const inbox = connection.collection('webhook_inbox')
  await inbox.insertOne({
    _id: event.eventId as never,
    type: event.type,
    intentId,
    digest: 'x',
    status: 'new',
    attempts: 9,
    nextAt: now,
    receivedAt: now,
  })
  await control('faults', { path: '/v1/payment_intents', status: 500, times: 8 })
  await parts.webhooks.drain()
  await control('faults', { path: '/v1/payment_intents', status: 500, times: 0 })
  const headers = { 'x-identity': 'order-manager' }
  const parked = await call('GET', '/api/payments/webhooks?status=parked', { headers })
  expect(parked.json.data.items).toMatchObject([{ eventId: event.eventId, attempts: 10, problem: 'unavailable' }])
  const retry = () =>
    app.handle(
      new Request(`http://localhost/api/payments/webhooks/${event.eventId}/retry`, { method: 'POST', headers }),
    )
  expect((await retry()).status).toBe(204)
  expect((await retry()).status).toBe(404)
  const told = await connection.collection('outbox').find({ type: 'staff.acted' }).toArray()
  expect(told.map(({ data }) => data)).toMatchObject([
    { action: 'webhook.retried', actor: 'usr_order-manager', target: event.eventId, before: { status: 'parked' } },
  ])
  await control('reset', {})
  await parts.webhooks.drain()
  expect(await inbox.findOne({ _id: event.eventId as never })).toMatchObject({ status: 'done' })
}, 20_000)

/** Delivers an event of our own making, signed as Stripe signs. */
async function deliver(event: object) {
  const payload = JSON.stringify(event)
  const endpoint = await connection.collection('webhook_endpoint').findOne({})
  const signature = await stripe.webhooks.generateTestHeaderStringAsync({ payload, secret: String(endpoint?.secret) })
  return app.handle(
    new Request('http://localhost/api/payments/webhooks/stripe', {
      method: 'POST',
      headers: { 'stripe-signature': signature },
      body: payload,
    }),
  )
}

const breaksOf = async (kind: string) =>
  (await connection.collection('recon_breaks').find({ kind }).toArray()).map(({ note }) => String(note))

test('fifty deliveries of one event at once are all taken, and have one effect', async () => {
  await control('webhooks', { drop: true })
  const { orderId, intentId } = await newIntent()
  await pay(intentId)
  const data = { object: { id: intentId, object: 'payment_intent', status: 'succeeded' } }
  const event = { id: `evt_fifty_${orderId}`, object: 'event', type: 'payment_intent.succeeded', livemode: false, data }
  const replies = await Promise.all(Array.from({ length: 50 }, () => deliver(event)))
  expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]))
  await eventually(hasSucceeded(orderId))
  await parts.webhooks.drain()
  expect(await eventsOf(orderId, 'payment.succeeded')).toHaveLength(1)
}, 15_000)

/** Pays with a card whose bank then asks or takes the money back, and asks for one refund three times at once. */
async function refundOfDisputed(card: string) {
  const { orderId, intentId } = await newIntent()
  await pay(intentId, card)
  await eventually(hasSucceeded(orderId))
  await eventually(async () => (await stripe.disputes.list({ payment_intent: intentId })).data.length > 0)
  const body = { orderId, key: 'disputed', reason: 'test' }
  const replies = await Promise.all([1, 2, 3].map(() => call('POST', '/internal/payments/refunds', { body })))
  const atStripe = (await stripe.refunds.list({ payment_intent: intentId })).data
  return { replies, atStripe, told: await eventsOf(orderId, 'payment.refunded') }
}

test('what the bank took back in a dispute is not refunded as well, however often that is asked', async () => {
  const { replies, atStripe, told } = await refundOfDisputed('pm_card_createDispute')
  expect(replies.map(({ status }) => status)).toEqual([409, 409, 409])
  expect(replies[0]?.json.error).toMatchObject({ code: 'conflict', details: { reason: 'disputed' } })
  expect(atStripe).toEqual([])
  expect(told).toEqual([])
}, 15_000)

test('what the bank only asks about is refunded, once', async () => {
  const { replies, atStripe, told } = await refundOfDisputed('pm_card_createDisputeInquiry')
  expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
  expect(atStripe.map(({ amount }) => amount)).toEqual([4200])
  expect(told).toHaveLength(1)
}, 15_000)

test('an event id that comes again with another content is ignored, and written down', async () => {
  const { orderId, intentId } = await newIntent()
  const event = (status: string) => ({
    id: `evt_twice_${orderId}`,
    object: 'event',
    type: 'payment_intent.succeeded',
    livemode: false,
    data: { object: { id: intentId, object: 'payment_intent', status } },
  })
  expect((await deliver(event('requires_action'))).status).toBe(200)
  expect((await deliver(event('succeeded'))).status).toBe(200)
  expect((await breaksOf('event_conflict')).some((note) => note.includes(`evt_twice_${orderId}`))).toBe(true)
  expect(await eventsOf(orderId, 'payment.succeeded')).toEqual([])
}, 15_000)

test('a paid intent that belongs to no order is written down and pays nothing', async () => {
  const stray = await stripe.paymentIntents.create({ amount: 700, currency: 'eur', payment_method: 'pm_card_visa' })
  await pay(stray.id)
  await parts.reconciler.sweep()
  const known = await connection.collection('recon_breaks').findOne({ intentId: stray.id })
  expect(known).toMatchObject({ kind: 'unknown_order', orderId: null })
}, 15_000)

test('an intent that differs from its order by a cent or by currency is told as it is, and written down', async () => {
  const { orderId, intentId } = await newIntent()
  await connection.collection('payments').updateOne({ intentId }, { $set: { 'amount.amount': 4201 } })
  await pay(intentId)
  await eventually(async () => (await connection.collection('recon_breaks').countDocuments({ orderId })) > 0)
  expect(await connection.collection('recon_breaks').findOne({ orderId })).toMatchObject({ kind: 'amount_mismatch' })
  await eventually(async () => (await eventsOf(orderId, 'payment.succeeded')).length === 1)
  expect(await eventsOf(orderId, 'payment.succeeded')).toMatchObject([{ data: { amount: { amount: 4200 } } }])
}, 15_000)

test('a demo order is paid in the sandbox, once', async () => {
  const order = newOrder()
  for (let times = 0; times < 2; times++) {
    const { json } = await call('POST', '/internal/payments/demo', { body: order })
    expect(json.data).toMatchObject({ status: 'succeeded', amount: order.amount })
  }
  expect(await eventsOf(order.orderId, 'payment.succeeded')).toHaveLength(1)
})

test('a webhook with a wrong, missing or stale signature is refused and leaves nothing behind', async () => {
  const payload = JSON.stringify({
    id: 'evt_forged',
    type: 'payment_intent.succeeded',
    data: { object: {} },
    object: 'event',
  })
  const endpoint = await connection.collection('webhook_endpoint').findOne({})
  const secret = String(endpoint?.secret)
  const now = Math.floor(Date.now() / 1000)
  const sign = (timestamp: number, key = secret) =>
    stripe.webhooks.generateTestHeaderStringAsync({ payload, secret: key, timestamp })
  const post = async (signature: string | null, body = payload) => {
    const headers: Record<string, string> = signature ? { 'stripe-signature': signature } : {}
    const request = new Request('http://localhost/api/payments/webhooks/stripe', { method: 'POST', body, headers })
    return (await app.handle(request)).status
  }
  expect(await post(null)).toBe(400)
  expect(await post(await sign(now, 'whsec_wrong'))).toBe(400)
  expect(await post(await sign(now - 301))).toBe(400)
  expect(await post(await sign(now + 400))).toBe(400)
  expect(await post(await sign(now), `${payload} `)).toBe(400)
  expect(await post((await sign(now)).replace('v1=', 'v0='))).toBe(400)
  expect(await connection.collection<{ _id: string }>('webhook_inbox').countDocuments({ _id: 'evt_forged' })).toBe(0)
  expect(await post(await sign(now))).toBe(200)
})
