import { afterAll, beforeAll, expect, test } from 'bun:test'
import { startTestSandbox, type TestSandbox } from './sandbox.testing.ts'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox()
})
afterAll(() => sandbox.stop())

/** As a shop on Node would write it: pays, is refused, repeats under one key, and verifies a webhook. */
const SHOP = `
import Stripe from 'stripe'
const { SANDBOX_PORT: port, SANDBOX_SECRET: secret } = process.env
const stripe = new Stripe(secret, { host: '127.0.0.1', port, protocol: 'http' })
const order = { amount: 1999, currency: 'eur', confirm: true, automatic_payment_methods: { enabled: true, allow_redirects: 'never' } }
const once = { idempotencyKey: 'order-1' }
const paid = await stripe.paymentIntents.create({ ...order, payment_method: 'pm_card_visa', expand: ['latest_charge'] }, once)
const again = await stripe.paymentIntents.create({ ...order, payment_method: 'pm_card_visa', expand: ['latest_charge'] }, once)
const error = await stripe.paymentIntents.create({ ...order, payment_method: 'pm_card_chargeDeclined' }).catch((thrown) => thrown)
const listed = []
for await (const { id } of stripe.paymentIntents.list({ limit: 1 })) listed.push(id)
const header = stripe.webhooks.generateTestHeaderString({ payload: '{"id":"evt_1"}', secret: 'whsec_1' })
console.log(JSON.stringify({
  runtime: process.release.name,
  status: paid.status,
  charge: paid.latest_charge.paid,
  isSame: paid.id === again.id,
  refusal: [error.constructor.name, error.statusCode, error.code, error.decline_code],
  listed: listed.length,
  event: stripe.webhooks.constructEvent('{"id":"evt_1"}', header, 'whsec_1').id,
}))
`

test('the official library works unmodified on Node too', async () => {
  const shop = Bun.spawn(['node', '--no-warnings', '--input-type=module', '--eval', SHOP], {
    cwd: import.meta.dir,
    env: { PATH: process.env.PATH ?? '', SANDBOX_PORT: new URL(sandbox.url).port, SANDBOX_SECRET: sandbox.secret },
    stderr: 'pipe',
  })
  const [said, complained] = await Promise.all([new Response(shop.stdout).text(), new Response(shop.stderr).text()])
  expect(complained).toBe('')
  expect(JSON.parse(said)).toEqual({
    runtime: 'node',
    status: 'succeeded',
    charge: true,
    isSame: true,
    refusal: ['StripeCardError', 402, 'card_declined', 'generic_decline'],
    listed: 2,
    event: 'evt_1',
  })
})
