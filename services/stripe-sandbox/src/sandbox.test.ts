import { afterAll, beforeAll, expect, test } from 'bun:test'
import type Stripe from 'stripe'
import { failureOf, startTestSandbox, type TestSandbox, testMongoStorage } from './sandbox.testing.ts'

let sandbox: TestSandbox
let stripe: Stripe
let SECRET: string
let PUBLISHABLE: string

beforeAll(async () => {
  sandbox = await startTestSandbox(await testMongoStorage())
  stripe = sandbox.stripe
  SECRET = sandbox.secret
  PUBLISHABLE = sandbox.publishable
}, 60_000)
afterAll(() => sandbox.stop())

const newIntent = (extra: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({ amount: 1999, currency: 'eur', metadata: { orderId: 'ord_1' }, ...extra })

const cardForm = (number: string, more: Record<string, string> = {}) => ({
  'payment_method_data[type]': 'card',
  'payment_method_data[card][number]': number,
  'payment_method_data[card][exp_month]': '12',
  'payment_method_data[card][exp_year]': '34',
  'payment_method_data[card][cvc]': '123',
  ...more,
})

async function browserConfirm(intent: Stripe.PaymentIntent, number: string, more: Record<string, string> = {}) {
  const body = new URLSearchParams({
    key: PUBLISHABLE,
    client_secret: intent.client_secret ?? '',
    ...cardForm(number, more),
  })
  const reply = await fetch(`${sandbox.url}/stripe/v1/payment_intents/${intent.id}/confirm`, { method: 'POST', body })
  return { status: reply.status, body: await reply.json() }
}

const answerChallenge = (attempt: string, outcome: string) =>
  fetch(`${sandbox.url}/stripe/challenge`, { method: 'POST', body: new URLSearchParams({ attempt, outcome }) })

test('an intent is created, confirmed with a good card and has a charge', async () => {
  const intent = await newIntent()
  expect(intent.status).toBe('requires_payment_method')
  const paid = await stripe.paymentIntents.confirm(intent.id, {
    payment_method: 'pm_card_visa',
    expand: ['latest_charge'],
  })
  expect(paid).toMatchObject({ status: 'succeeded', amount_received: 1999, livemode: false })
  expect(paid.latest_charge).toMatchObject({ object: 'charge', paid: true })
})

test.each([
  ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
  ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
  ['pm_card_visa_chargeDeclinedLostCard', 'card_declined', 'lost_card'],
  ['pm_card_chargeDeclinedExpiredCard', 'expired_card', 'expired_card'],
  ['pm_card_chargeDeclinedIncorrectCvc', 'incorrect_cvc', 'incorrect_cvc'],
  ['pm_card_chargeDeclinedProcessingError', 'processing_error', 'processing_error'],
  ['pm_card_radarBlock', 'card_declined', 'fraudulent'],
])('%s is refused with %s / %s and the intent stays payable', async (method, code, declineCode) => {
  const intent = await newIntent()
  const error = await failureOf(stripe.paymentIntents.confirm(intent.id, { payment_method: method }))
  expect(error).toMatchObject({ statusCode: 402, type: 'StripeCardError', code, decline_code: declineCode })
  const after = await stripe.paymentIntents.retrieve(intent.id)
  expect(after).toMatchObject({ status: 'requires_payment_method', last_payment_error: { code } })
  expect((await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })).status).toBe('succeeded')
})

test('a browser pays with typed-in card data and sees no secrets of the server', async () => {
  const { status, body } = await browserConfirm(await newIntent(), '4242 4242 4242 4242')
  expect(status).toBe(200)
  expect(body).toMatchObject({ status: 'succeeded', amount: 1999 })
  expect(body).not.toHaveProperty('metadata')
})

test.each([
  ['4242424242424241', {}, 'incorrect_number'],
  ['4111111111111111', {}, 'card_declined'],
  ['4242424242424242', { 'payment_method_data[card][exp_month]': '13' }, 'invalid_expiry_month'],
  ['4242424242424242', { 'payment_method_data[card][exp_year]': '20' }, 'invalid_expiry_year'],
  ['4242424242424242', { 'payment_method_data[card][cvc]': '99' }, 'invalid_cvc'],
])('card data %s %p is refused with %s', async (number, more, code) => {
  const { status, body } = await browserConfirm(await newIntent(), number, more)
  expect(status).toBe(402)
  expect(body.error.code).toBe(code)
})

test('a 3-D Secure card waits for its challenge and passing it pays', async () => {
  const intent = await newIntent()
  const { body } = await browserConfirm(intent, '4000002760003184')
  expect(body.status).toBe('requires_action')
  const attempt = body.next_action.use_stripe_sdk.source
  const page = await fetch(`${sandbox.url}/stripe/challenge?attempt=${attempt}`)
  expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'self'")
  expect(await page.text()).toContain('19.99')
  expect((await answerChallenge(attempt, 'pass')).status).toBe(200)
  expect((await stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded')
  expect((await answerChallenge(attempt, 'pass')).status).toBe(410)
})

test('a failed challenge leaves the intent payable', async () => {
  const intent = await newIntent()
  const { body } = await browserConfirm(intent, '4000002760003184')
  await answerChallenge(body.next_action.use_stripe_sdk.source, 'fail')
  const after = await stripe.paymentIntents.retrieve(intent.id)
  expect(after).toMatchObject({
    status: 'requires_payment_method',
    last_payment_error: { code: 'payment_intent_authentication_failure' },
  })
  expect((await browserConfirm(intent, '4242424242424242')).body.status).toBe('succeeded')
})

test('a card that declines after its challenge says why', async () => {
  const intent = await newIntent()
  const { body } = await browserConfirm(intent, '4000008400001629')
  await answerChallenge(body.next_action.use_stripe_sdk.source, 'pass')
  expect((await stripe.paymentIntents.retrieve(intent.id)).last_payment_error).toMatchObject({ code: 'card_declined' })
})

test('the same idempotency key gives the same intent, and other parameters are refused', async () => {
  const options = { idempotencyKey: 'pi:ord_77' }
  const [one, two] = [await newIntent(), await stripe.paymentIntents.create({ amount: 500, currency: 'eur' }, options)]
  const again = await stripe.paymentIntents.create({ amount: 500, currency: 'eur' }, options)
  expect(one.id).not.toBe(two.id)
  expect(again.id).toBe(two.id)
  const headers = { authorization: `Bearer ${SECRET}`, 'idempotency-key': options.idempotencyKey }
  const raw = await fetch(`${sandbox.url}/v1/payment_intents`, {
    method: 'POST',
    headers,
    body: 'amount=500&currency=eur',
  })
  expect(raw.headers.get('idempotent-replayed')).toBe('true')
  const error = await failureOf(stripe.paymentIntents.create({ amount: 501, currency: 'eur' }, options))
  expect(error).toMatchObject({ statusCode: 400, type: 'StripeIdempotencyError' })
})

test('a decline is replayed under its key too', async () => {
  const intent = await newIntent()
  const confirm = () =>
    stripe.paymentIntents.confirm(
      intent.id,
      { payment_method: 'pm_card_chargeCustomerFail' },
      { idempotencyKey: `try:${intent.id}` },
    )
  const [first, second] = [await failureOf(confirm()), await failureOf(confirm())]
  expect(second).toMatchObject({ code: first.code, statusCode: 402 })
  expect((await stripe.charges.list({ payment_intent: intent.id })).data).toHaveLength(1)
})

test('confirm and cancel raced end in exactly one final state', async () => {
  for (let round = 0; round < 5; round++) {
    const intent = await newIntent()
    const results = await Promise.allSettled([
      stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' }),
      stripe.paymentIntents.cancel(intent.id),
    ])
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  }
})

test('a final intent refuses to be confirmed or cancelled', async () => {
  const intent = await newIntent({ confirm: true, payment_method: 'pm_card_visa' })
  expect(await failureOf(stripe.paymentIntents.cancel(intent.id))).toMatchObject({
    code: 'payment_intent_unexpected_state',
    statusCode: 400,
  })
})

test('refunds never exceed what was captured', async () => {
  const intent = await newIntent({ confirm: true, payment_method: 'pm_card_visa' })
  expect((await stripe.refunds.create({ payment_intent: intent.id, amount: 999 })).status).toBe('succeeded')
  expect((await failureOf(stripe.refunds.create({ payment_intent: intent.id, amount: 1001 }))).statusCode).toBe(400)
  await stripe.refunds.create({ payment_intent: intent.id })
  expect((await failureOf(stripe.refunds.create({ payment_intent: intent.id }))).code).toBe('charge_already_refunded')
})

test('unknown and missing parameters are named', async () => {
  const post = async (body: string) => {
    const reply = await fetch(`${sandbox.url}/v1/payment_intents`, {
      method: 'POST',
      headers: { authorization: `Bearer ${SECRET}` },
      body,
    })
    return (await reply.json()).error
  }
  expect(await post('amount=500&currency=eur&colour=red')).toMatchObject({ code: 'parameter_unknown', param: 'colour' })
  expect(await post('currency=eur')).toMatchObject({ code: 'parameter_missing', param: 'amount' })
})

test('live keys, other accounts, and secret keys in the browser path are refused', async () => {
  const intent = await newIntent()
  const get = (path: string, key: string) => fetch(sandbox.url + path, { headers: { authorization: `Bearer ${key}` } })
  expect((await get(`/v1/payment_intents/${intent.id}`, 'sk_live_abcdef')).status).toBe(401)
  expect((await get(`/v1/payment_intents/${intent.id}`, 'sk_test_other')).status).toBe(404)
  expect(
    (await get(`/stripe/v1/payment_intents/${intent.id}?client_secret=${intent.client_secret}`, SECRET)).status,
  ).toBe(403)
  expect((await get(`/stripe/v1/payment_intents/${intent.id}`, PUBLISHABLE)).status).toBe(404)
  expect(
    (await get(`/stripe/v1/payment_intents/${intent.id}?client_secret=${intent.client_secret}`, PUBLISHABLE)).status,
  ).toBe(200)
  expect((await get('/stripe/v1/payment_intents', PUBLISHABLE)).status).toBe(403)
  expect((await get('/stripe/_control/reset', PUBLISHABLE)).status).not.toBe(200)
})

test('webhooks are signed, retried after a failure and verifiable with the official library', async () => {
  const seen: Stripe.Event[] = []
  let failures = 1
  let secret = ''
  const receiver = Bun.serve({
    port: 0,
    async fetch(request) {
      const event = await stripe.webhooks.constructEventAsync(
        await request.text(),
        request.headers.get('stripe-signature') ?? '',
        secret,
      )
      if (failures-- > 0) return new Response(null, { status: 500 })
      seen.push(event)
      return new Response('ok')
    },
  })
  const endpoint = await stripe.webhookEndpoints.create({
    url: `http://127.0.0.1:${receiver.port}/`,
    enabled_events: ['payment_intent.succeeded'],
  })
  secret = endpoint.secret ?? ''
  const intent = await newIntent({ confirm: true, payment_method: 'pm_card_visa' })
  for (let wait = 0; wait < 100 && seen.length === 0; wait++) await Bun.sleep(50)
  expect(seen.map(({ type }) => type)).toEqual(['payment_intent.succeeded'])
  expect(seen[0]?.data.object).toMatchObject({ id: intent.id })
  expect((await stripe.events.list({ type: 'payment_intent.succeeded', limit: 1 })).data[0]?.id).toBe(seen[0]?.id)
  await stripe.webhookEndpoints.del(endpoint.id)
  receiver.stop()
}, 15_000)

test('the browser script is served and defines Stripe', async () => {
  const reply = await fetch(`${sandbox.url}/stripe/js`)
  expect(reply.headers.get('content-type')).toContain('text/javascript')
  const page: { Stripe?: (key: string) => Record<string, unknown> } = {}
  const surroundings = { window: page, location: { origin: sandbox.url }, document: {}, HTMLScriptElement: class {} }
  new Function(...Object.keys(surroundings), await reply.text())(...Object.values(surroundings))
  const loaded = page.Stripe?.(sandbox.publishable) ?? {}
  // What Stripe's own components for React look for before they accept it.
  for (const name of ['elements', 'createToken', 'createPaymentMethod', 'confirmCardPayment']) {
    expect(loaded[name], name).toBeFunction()
  }
})
