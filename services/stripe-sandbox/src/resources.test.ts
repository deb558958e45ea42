import { afterAll, beforeAll, expect, test } from 'bun:test'
import type Stripe from 'stripe'
import { eventually, failureOf, startTestSandbox, type TestSandbox, testMongoStorage } from './sandbox.testing.ts'

const sandboxes: [string, TestSandbox][] = []
beforeAll(async () => {
  sandboxes.push(['sqlite', await startTestSandbox()], ['mongodb', await startTestSandbox(await testMongoStorage())])
}, 60_000)
afterAll(() => Promise.all(sandboxes.map(([, sandbox]) => sandbox.stop())))

/** The same behaviour on every store. */
const onEachStore = (name: string, check: (stripe: Stripe, sandbox: TestSandbox) => Promise<void>) =>
  test.each(['sqlite', 'mongodb'])(`${name} (%s)`, async (store) => {
    const sandbox = sandboxes.find(([own]) => own === store)?.[1]
    if (!sandbox) throw new Error('The sandbox did not start.')
    await check(sandbox.stripe, sandbox)
  })

const money = { amount: 1999, currency: 'eur' } as const
const pay = (stripe: Stripe, payment_method = 'pm_card_visa', more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({ ...money, confirm: true, payment_method, ...more })

onEachStore('an authorised payment is captured in part, in full, or given back', async (stripe) => {
  const hold = () => pay(stripe, 'pm_card_visa', { capture_method: 'manual' })
  const part = await hold()
  expect(part).toMatchObject({ status: 'requires_capture', amount_capturable: 1999, amount_received: 0 })
  expect(await failureOf(stripe.paymentIntents.capture(part.id, { amount_to_capture: 2000 }))).toMatchObject({
    statusCode: 400,
    param: 'amount_to_capture',
  })
  expect(await stripe.paymentIntents.capture(part.id, { amount_to_capture: 500 })).toMatchObject({
    status: 'succeeded',
    amount_received: 500,
  })
  expect(await failureOf(stripe.refunds.create({ payment_intent: part.id, amount: 501 }))).toMatchObject({
    statusCode: 400,
  })
  expect((await stripe.paymentIntents.capture((await hold()).id)).amount_received).toBe(1999)
  const released = await stripe.paymentIntents.cancel((await hold()).id, { expand: ['latest_charge'] })
  expect(released).toMatchObject({ status: 'canceled', latest_charge: { refunded: true, captured: false } })
})

onEachStore(
  'metadata is merged, a key unset by an empty string and all of it by an empty whole',
  async (stripe, sandbox) => {
    const { id } = await stripe.paymentIntents.create({ ...money, description: 'A', metadata: { one: '1', two: '2' } })
    const merged = await stripe.paymentIntents.update(id, { metadata: { two: '', three: '3' }, description: '' })
    expect(merged).toMatchObject({ metadata: { one: '1', three: '3' }, description: null })
    expect(merged.metadata).not.toHaveProperty('two')
    expect((await sandbox.raw('POST', `/v1/payment_intents/${id}`, 'metadata=')).body.metadata).toEqual({})
  },
)

onEachStore('lists page in both directions and filter by time', async (stripe, sandbox) => {
  const { id: customer } = await stripe.customers.create()
  const made: string[] = []
  for (let n = 0; n < 5; n++) made.unshift((await stripe.paymentIntents.create({ ...money, customer })).id)
  const ids = async (params: Stripe.PaymentIntentListParams) => {
    const page = await stripe.paymentIntents.list({ customer, ...params })
    return [page.data.map(({ id }) => id), page.has_more]
  }
  expect(await ids({ limit: 2 })).toEqual([made.slice(0, 2), true])
  expect(await ids({ limit: 2, starting_after: made[1] ?? '' })).toEqual([made.slice(2, 4), true])
  expect(await ids({ limit: 2, starting_after: made[3] ?? '' })).toEqual([made.slice(4), false])
  expect(await ids({ limit: 2, ending_before: made[3] ?? '' })).toEqual([made.slice(1, 3), true])
  const all: string[] = []
  for await (const intent of stripe.paymentIntents.list({ customer, limit: 2 })) all.push(intent.id)
  expect(all).toEqual(made)
  expect(await ids({ created: { gt: 4_000_000_000 } })).toEqual([[], false])
  const far = await sandbox.raw('GET', '/v1/payment_intents?limit=101')
  expect(far.body.error).toMatchObject({ param: 'limit', code: 'parameter_invalid_integer' })
  const lost = await failureOf(stripe.paymentIntents.list({ starting_after: 'pi_nowhere' }))
  expect(lost).toMatchObject({ statusCode: 404, code: 'resource_missing', param: 'starting_after' })
})

onEachStore('expand follows links, in lists and in depth, and names what it cannot expand', async (stripe) => {
  const { id } = await pay(stripe)
  const intent = await stripe.paymentIntents.retrieve(id, {
    expand: ['latest_charge.balance_transaction', 'payment_method'],
  })
  expect(intent).toMatchObject({ latest_charge: { balance_transaction: { amount: 1999, net: 1911, fee: 88 } } })
  expect(intent.payment_method).toMatchObject({ object: 'payment_method', card: { last4: '4242' } })
  const { data } = await stripe.charges.list({ limit: 1, expand: ['data.payment_intent'] })
  expect(data[0]?.payment_intent).toMatchObject({ id, object: 'payment_intent' })
  expect((await failureOf(stripe.paymentIntents.retrieve(id, { expand: ['amount'] }))).message).toContain(
    'cannot be expanded (amount)',
  )
})

const WRONG: [what: string, method: string, path: string, body: string, status: number, error: object][] = [
  ['an unknown route', 'GET', '/v1/nothing', '', 404, { type: 'invalid_request_error' }],
  [
    'an unknown parameter',
    'POST',
    '/v1/payment_intents',
    'amount=500&currency=eur&colour=red',
    400,
    { code: 'parameter_unknown', param: 'colour' },
  ],
  [
    'an unknown nested parameter',
    'POST',
    '/v1/customers',
    'address[planet]=earth',
    400,
    { code: 'parameter_unknown', param: 'address[planet]' },
  ],
  [
    'a missing parameter',
    'POST',
    '/v1/payment_intents',
    'currency=eur',
    400,
    { code: 'parameter_missing', param: 'amount' },
  ],
  [
    'text for a number',
    'POST',
    '/v1/payment_intents',
    'amount=ten&currency=eur',
    400,
    { code: 'parameter_invalid_integer', param: 'amount', message: 'Invalid integer: ten' },
  ],
  [
    'an empty string that cannot unset',
    'POST',
    '/v1/payment_intents',
    'amount=&currency=eur',
    400,
    { code: 'parameter_invalid_empty', param: 'amount' },
  ],
  [
    'text for a boolean',
    'POST',
    '/v1/payment_intents',
    'amount=500&currency=eur&confirm=maybe',
    400,
    { param: 'confirm', message: 'Invalid boolean: maybe' },
  ],
  [
    'a choice that is none',
    'POST',
    '/v1/payment_intents',
    'amount=500&currency=eur&capture_method=later',
    400,
    {
      param: 'capture_method',
      message: 'Invalid capture_method: must be one of automatic, automatic_async, or manual',
    },
  ],
  [
    'a list where an object belongs',
    'POST',
    '/v1/payment_intents',
    'amount=500&currency=eur&metadata[]=x',
    400,
    { param: 'metadata' },
  ],
  [
    'too small an amount',
    'POST',
    '/v1/payment_intents',
    'amount=49&currency=eur',
    400,
    { code: 'amount_too_small', param: 'amount' },
  ],
  [
    'too small an amount of another currency',
    'POST',
    '/v1/payment_intents',
    'amount=299&currency=sek',
    400,
    { code: 'amount_too_small', param: 'amount' },
  ],
  [
    'too large an amount',
    'POST',
    '/v1/payment_intents',
    'amount=100000000&currency=eur',
    400,
    { code: 'amount_too_large', param: 'amount' },
  ],
  [
    'an unknown currency',
    'POST',
    '/v1/payment_intents',
    'amount=500&currency=xyz',
    400,
    { param: 'currency', type: 'invalid_request_error' },
  ],
  ['a missing object', 'GET', '/v1/payment_intents/pi_nowhere', '', 404, { code: 'resource_missing', param: 'intent' }],
  ['an address that is none', 'POST', '/v1/customers', 'email=nobody', 400, { code: 'email_invalid', param: 'email' }],
]
test.each(WRONG)('%s gets Stripe’s error', async (_what, method, path, body, status, error) => {
  for (const [, sandbox] of sandboxes) {
    const reply = await sandbox.raw(method, path, body)
    expect(reply.status).toBe(status)
    expect(reply.body.error).toMatchObject({ type: 'invalid_request_error', ...error })
    expect(reply.headers.get('request-id')).toMatch(/^req_/)
    expect(reply.headers.get('stripe-version')).toBe('2026-10-28.endive')
  }
})

test('no key, a wrong key and a live key are refused', async () => {
  for (const [, sandbox] of sandboxes) {
    for (const authorization of ['', 'Bearer nonsense', 'Bearer sk_live_0123456789']) {
      const reply = await fetch(`${sandbox.url}/v1/balance`, { headers: { authorization } })
      expect(reply.status).toBe(401)
      expect((await reply.json()).error.type).toBe('invalid_request_error')
    }
  }
})

onEachStore('customers own cards: attach, list, detach, delete', async (stripe) => {
  const customer = await stripe.customers.create({ email: 'one@vitrine.test', metadata: { a: 'b' } })
  expect(await stripe.customers.update(customer.id, { name: 'One', email: '' })).toMatchObject({
    name: 'One',
    email: null,
  })
  const method = await stripe.paymentMethods.attach('pm_card_mastercard', { customer: customer.id })
  const owned = await stripe.customers.listPaymentMethods(customer.id)
  expect(owned.data.map(({ id }) => id)).toEqual([method.id])
  expect(await failureOf(pay(stripe, method.id))).toMatchObject({ statusCode: 400, param: 'payment_method' })
  expect((await pay(stripe, method.id, { customer: customer.id })).status).toBe('succeeded')
  expect((await stripe.paymentMethods.detach(method.id)).customer).toBeNull()
  expect(await stripe.customers.del(customer.id)).toEqual(expect.objectContaining({ id: customer.id, deleted: true }))
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ deleted: true })
})

onEachStore('a card that is set up pays without its owner', async (stripe) => {
  const { id: customer } = await stripe.customers.create()
  const setup = await stripe.setupIntents.create({ customer, payment_method: 'pm_card_visa', confirm: true })
  expect(setup).toMatchObject({ status: 'succeeded', usage: 'off_session' })
  const paid = await pay(stripe, String(setup.payment_method), { customer, off_session: true })
  expect(paid.status).toBe('succeeded')
  const refused = await failureOf(
    stripe.setupIntents.create({ payment_method: 'pm_card_chargeDeclined', confirm: true }),
  )
  expect(refused).toMatchObject({ statusCode: 402, code: 'card_declined' })
})

onEachStore(
  '3155 needs its setup authenticated once and is then charged in the customer’s absence',
  async (stripe, sandbox) => {
    const { id: customer } = await stripe.customers.create()
    const waiting = await stripe.setupIntents.create({
      customer,
      payment_method: 'pm_card_authenticationRequiredOnSetup',
      confirm: true,
    })
    expect(waiting.status).toBe('requires_action')
    const question: { source?: string } = Object(waiting.next_action?.use_stripe_sdk)
    const body = new URLSearchParams({ attempt: question.source ?? '', outcome: 'pass' })
    await fetch(`${sandbox.url}/stripe/challenge`, { method: 'POST', body })
    const { status, payment_method } = await stripe.setupIntents.retrieve(waiting.id)
    expect(status).toBe('succeeded')
    expect((await pay(stripe, String(payment_method), { customer, off_session: true })).status).toBe('succeeded')
    expect((await pay(stripe, String(payment_method), { customer })).status).toBe('requires_action')
  },
)

onEachStore('refunds: part by part, described, and cancelled while they are pending', async (stripe) => {
  const { id: payment_intent } = await pay(stripe)
  const first = await stripe.refunds.create({ payment_intent, amount: 999, reason: 'duplicate' })
  expect(await stripe.refunds.update(first.id, { metadata: { why: 'twice' } })).toMatchObject({
    metadata: { why: 'twice' },
  })
  await stripe.refunds.create({ payment_intent })
  expect((await failureOf(stripe.refunds.create({ payment_intent }))).code).toBe('charge_already_refunded')
  expect((await stripe.refunds.list({ payment_intent })).data.map(({ amount }) => amount)).toEqual([1000, 999])
  expect((await failureOf(stripe.refunds.cancel(first.id))).statusCode).toBe(400)
  const slow = await pay(stripe, 'pm_card_pendingRefund', { expand: ['latest_charge'] })
  const pending = await stripe.refunds.create({ payment_intent: slow.id })
  expect((await stripe.refunds.cancel(pending.id)).status).toBe('canceled')
  const charge = await stripe.charges.retrieve((slow.latest_charge as Stripe.Charge).id, { expand: ['refunds'] })
  expect(charge).toMatchObject({ amount_refunded: 0, refunded: false, refunds: { data: [{ id: pending.id }] } })
})

const VERDICTS: [text: string, card: string, status: string, types: string[]][] = [
  ['winning_evidence', 'pm_card_createDispute', 'won', ['charge.dispute.closed', 'charge.dispute.funds_reinstated']],
  ['losing_evidence', 'pm_card_createDispute', 'lost', ['charge.dispute.closed']],
  [
    'escalate_inquiry_evidence',
    'pm_card_createDisputeInquiry',
    'needs_response',
    ['charge.dispute.updated', 'charge.dispute.funds_withdrawn'],
  ],
]
test.each(VERDICTS)('the evidence text %s decides %s as %s', async (uncategorized_text, card, verdict, types) => {
  for (const [, { stripe, control }] of sandboxes) {
    const { id: payment_intent } = await pay(stripe, card)
    const [dispute] = (await stripe.disputes.list({ payment_intent })).data
    const id = dispute?.id ?? ''
    const sent = await stripe.disputes.update(id, { evidence: { uncategorized_text }, submit: true })
    expect(sent).toMatchObject({ evidence_details: { has_evidence: true, submission_count: 1 } })
    expect(String(sent.status)).toEndWith('under_review')
    await control('clock', { advanceSeconds: 5 })
    await eventually('it is judged', async () => (await stripe.disputes.retrieve(id)).status === verdict)
    for (const type of types) {
      const { data } = await stripe.events.list({ type, limit: 3 })
      expect(data.some(({ data: { object } }) => (object as Stripe.Dispute).id === id)).toBe(true)
    }
  }
})

onEachStore(
  'what the bank took back in a dispute is not refunded as well; after an inquiry alone it is',
  async (stripe) => {
    const disputed = async (card: string) => {
      const { id: payment_intent } = await pay(stripe, card)
      const [dispute] = (await stripe.disputes.list({ payment_intent })).data
      return { payment_intent, id: dispute?.id ?? '' }
    }
    const { payment_intent, id } = await disputed('pm_card_createDispute')
    expect(await failureOf(stripe.refunds.create({ payment_intent }))).toMatchObject({
      statusCode: 400,
      code: 'charge_disputed',
      message: expect.stringMatching(/^Charge ch_\w+ has been charged back; cannot issue a refund\.$/),
    })
    await stripe.disputes.close(id)
    expect((await failureOf(stripe.refunds.create({ payment_intent }))).code).toBe('charge_disputed')
    const inquiry = await disputed('pm_card_createDisputeInquiry')
    expect((await stripe.refunds.create({ payment_intent: inquiry.payment_intent })).status).toBe('succeeded')
  },
)

onEachStore('the balance adds up: charges less fees, refunds and disputes', async (_stripe, sandbox) => {
  const stripe = sandbox.as('sk_test_balanceaccount')
  await pay(stripe, 'pm_card_bypassPending')
  await pay(stripe)
  const { id: payment_intent } = await pay(stripe, 'pm_card_bypassPending')
  await stripe.refunds.create({ payment_intent, amount: 1000 })
  await pay(stripe, 'pm_card_createDispute')
  const net = 1999 - 88
  const side = async (name: 'available' | 'pending') =>
    (await stripe.balance.retrieve())[name].map(({ amount }) => amount)
  expect(await side('available')).toEqual([2 * net - 1000 - 1999 - 1500])
  expect(await side('pending')).toEqual([2 * net])
  await sandbox.control('clock', { advanceSeconds: 3 * 24 * 3600 })
  expect(await side('pending')).toEqual([0])
  const { data } = await stripe.balanceTransactions.list({ limit: 100 })
  expect(data.map(({ net }) => net).reduce((sum, one) => sum + one, 0)).toBe((await side('available'))[0] ?? 0)
  await sandbox.control('reset')
})

onEachStore('a publishable key sees and does only what Stripe.js needs', async (stripe, sandbox) => {
  const intent = await stripe.paymentIntents.create({ ...money, metadata: { secret: 'yes' } })
  const js = sandbox.as(sandbox.publishable)
  const seen = await js.paymentIntents.retrieve(intent.id, { client_secret: intent.client_secret ?? '' })
  expect(seen).not.toHaveProperty('metadata')
  expect((await failureOf(js.paymentIntents.retrieve(intent.id))).statusCode).toBe(404)
  expect((await failureOf(js.paymentIntents.list())).code).toBe('secret_key_required')
  expect((await failureOf(js.refunds.create({ payment_intent: intent.id }))).statusCode).toBe(403)
  const setup = await stripe.setupIntents.create()
  const body = new URLSearchParams({
    client_secret: setup.client_secret ?? '',
    payment_method: 'pm_card_visa',
    key: sandbox.publishable,
  })
  const reply = await fetch(`${sandbox.url}/stripe/v1/setup_intents/${setup.id}/confirm`, { method: 'POST', body })
  expect(await reply.json()).toMatchObject({ status: 'succeeded', usage: 'off_session' })
})

onEachStore('everything is forgotten on request', async (_stripe, sandbox) => {
  const other = sandbox.as('sk_test_forgetme')
  await other.customers.create()
  await sandbox.control('reset', { data: true })
  expect((await other.customers.list()).data).toEqual([])
})

onEachStore('setup intents are listed by customer, by card and in pages', async (stripe) => {
  const customer = (await stripe.customers.create()).id
  const first = await stripe.setupIntents.create({ customer, payment_method: 'pm_card_visa', confirm: true })
  const second = await stripe.setupIntents.create({ customer })
  const ids = async (params: Stripe.SetupIntentListParams) =>
    (await stripe.setupIntents.list(params)).data.map(({ id }) => id)
  expect(await ids({ customer })).toEqual([second.id, first.id])
  expect(await ids({ customer, limit: 1, starting_after: second.id })).toEqual([first.id])
  expect(await ids({ payment_method: String(first.payment_method) })).toEqual([first.id])
})
