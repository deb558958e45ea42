import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import type Stripe from 'stripe'
import { eventually, failureOf, startTestSandbox, type TestSandbox, typedCard } from './sandbox.testing.ts'

// The official SDK's types are generated from Stripe's OpenAPI document for the pinned version, so real replies are written
// out as literals and the compiler compares every field, missing ones and unknown. `npm run conformance` has the document.
const HERE = resolve(import.meta.dir, '..')
const TSC = resolve(HERE, '../../node_modules/typescript/bin/tsc')

let sandbox: TestSandbox
let stripe: Stripe
beforeAll(async () => {
  sandbox = await startTestSandbox()
  stripe = sandbox.stripe
})
afterAll(() => sandbox.stop())

async function complaintsOf(samples: [type: string, value: unknown][]): Promise<string[]> {
  const dir = resolve(HERE, 'node_modules/.cache')
  await mkdir(dir, { recursive: true })
  const plain = (value: unknown) => JSON.stringify(value, null, 1)
  const lines = samples.map(([type, value], index) => `export const v${index} = ${plain(value)} satisfies ${type}`)
  const file = resolve(dir, `shapes.${process.pid}.ts`)
  await Bun.write(file, `import type Stripe from 'stripe'\n${lines.join('\n')}\n`)
  const flags =
    '--noEmit --ignoreConfig --strict --skipLibCheck --module nodenext --moduleResolution nodenext --target esnext --types'
  const child = Bun.spawn([process.execPath, TSC, ...flags.split(' '), '', file], { cwd: dir, stdout: 'pipe' })
  const said = await new Response(child.stdout).text()
  await Bun.file(file).delete()
  return said.split('\n').filter(Boolean)
}

/** `lastResponse` is the SDK's own addition. */
const printed = (value: object): unknown => JSON.parse(JSON.stringify(value))

async function paymentSamples(): Promise<[string, unknown][]> {
  const create = { amount: 5000, currency: 'eur', confirm: true, return_url: 'https://shop.test/back' } as const
  const billing = { address: { city: 'Berlin', line1: 'Sample Street 1', country: 'DE', postal_code: '10115' } }
  const shipping = { name: 'A Buyer', address: { line1: 'Sample Street 1' } }
  const blank = await stripe.paymentIntents.create({ amount: 5000, currency: 'eur', shipping, metadata: { a: 'b' } })
  const waiting = await stripe.paymentIntents.create({ ...create, payment_method: 'pm_card_authenticationRequired' })
  const held = await stripe.paymentIntents.create({
    ...create,
    payment_method: 'pm_card_visa',
    capture_method: 'manual',
  })
  const part = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 3000 })
  const disputed = await stripe.paymentIntents.create({ ...create, payment_method: 'pm_card_createDispute' })
  const risky = await stripe.paymentIntents.create({ ...create, payment_method: 'pm_card_riskLevelElevated' })
  const warned = await stripe.paymentIntents.create({ ...create, payment_method: 'pm_card_createIssuerFraudRecord' })
  const refused = await failureOf(stripe.paymentIntents.create({ ...create, payment_method: 'pm_card_chargeDeclined' }))
  const canceled = await stripe.paymentIntents.cancel(blank.id, { cancellation_reason: 'abandoned' })
  const method = await stripe.paymentMethods.create({ ...typedCard('4242424242424242'), billing_details: billing })
  const refund = await stripe.refunds.create({ payment_intent: part.id, amount: 100, reason: 'duplicate' })
  const doomed = await stripe.paymentIntents.create({ ...create, payment_method: 'pm_card_refundFail' })
  const failing = await stripe.refunds.create({ payment_intent: doomed.id })
  await sandbox.control('clock', { advanceSeconds: 10 })
  const failed = await eventually('the refund fails', async () => {
    const now = await stripe.refunds.retrieve(failing.id)
    return now.status === 'failed' && now
  })
  const intents = [blank, waiting, held, part, disputed, risky, canceled, refused.payment_intent]
  const { data: charges } = await stripe.charges.list({
    limit: 100,
    expand: ['data.refunds', 'data.balance_transaction'],
  })
  const { data: disputes } = await stripe.disputes.list()
  const { data: warnings } = await stripe.radar.earlyFraudWarnings.list({ payment_intent: warned.id })
  return [
    ...intents.map((value): [string, unknown] => ['Stripe.PaymentIntent', value]),
    ...charges.map((value): [string, unknown] => ['Stripe.Charge', value]),
    ...disputes.map((value): [string, unknown] => ['Stripe.Dispute', value]),
    ...[refund, failed].map((value): [string, unknown] => ['Stripe.Refund', value]),
    ...warnings.map((value): [string, unknown] => ['Stripe.Radar.EarlyFraudWarning', value]),
    ['Stripe.Review', await stripe.reviews.retrieve(String(risky.review))],
    ['Stripe.PaymentMethod', method],
  ]
}

async function accountSamples(): Promise<[string, unknown][]> {
  const customer = await stripe.customers.create({ email: 'a@b.test', address: { city: 'Berlin' }, name: 'A' })
  const setup = await stripe.setupIntents.create({
    customer: customer.id,
    payment_method: 'pm_card_visa',
    confirm: true,
  })
  const waiting = await stripe.setupIntents.create({ payment_method: 'pm_card_authenticationRequired', confirm: true })
  const endpoint = await stripe.webhookEndpoints.create({
    url: 'http://127.0.0.1:9/',
    enabled_events: ['charge.failed'],
  })
  const { data: entries } = await stripe.balanceTransactions.list({ limit: 100 })
  return [
    ['Stripe.Customer', customer],
    ['Stripe.DeletedCustomer', await stripe.customers.del(customer.id)],
    ['Stripe.SetupIntent', setup],
    ['Stripe.SetupIntent', waiting],
    ['Stripe.WebhookEndpoint', endpoint],
    ['Stripe.DeletedWebhookEndpoint', await stripe.webhookEndpoints.del(endpoint.id)],
    ['Stripe.Balance', await stripe.balance.retrieve()],
    ...entries.map((value): [string, unknown] => ['Stripe.BalanceTransaction', value]),
  ]
}

test('every kind of reply has the shape of the pinned API version', async () => {
  const samples = [...(await paymentSamples()), ...(await accountSamples())]
  const complaints = await complaintsOf(samples.map(([type, value]) => [type, printed(value as object)]))
  expect(complaints).toEqual([])
  expect(samples.length).toBeGreaterThan(30)
}, 60_000)

test('the comparison notices a missing field, an unknown one and a wrong type', async () => {
  const intent = printed(await stripe.paymentIntents.create({ amount: 500, currency: 'eur' })) as Record<
    string,
    unknown
  >
  const { amount: _amount, ...missing } = intent
  const wrong = [missing, { ...intent, colour: 'red' }, { ...intent, amount: '500' }]
  const complaints = await complaintsOf(wrong.map((value) => ['Stripe.PaymentIntent', value]))
  expect(complaints.filter((line) => line.includes('error TS'))).toHaveLength(3)
}, 60_000)

test('events carry the object as it was and say which request caused them', async () => {
  const intent = await stripe.paymentIntents.create({ amount: 500, currency: 'eur' }, { idempotencyKey: 'evt-1' })
  const { data } = await stripe.events.list({ type: 'payment_intent.created', limit: 1 })
  expect(data[0]).toMatchObject({
    object: 'event',
    api_version: '2026-10-28.endive',
    livemode: false,
    pending_webhooks: 0,
    request: { id: intent.lastResponse.requestId, idempotency_key: 'evt-1' },
    data: { object: { id: intent.id } },
  })
})
