import { afterAll, beforeAll, expect, test } from 'bun:test'
import type Stripe from 'stripe'
import { TEST_CARDS } from './cards.ts'
import { eventually, failureOf, startTestSandbox, type TestSandbox, typedCard } from './sandbox.testing.ts'

// Expectations are written down from Stripe's own tables, not read from the code under test.
let sandbox: TestSandbox
let stripe: Stripe
beforeAll(async () => {
  sandbox = await startTestSandbox()
  stripe = sandbox.stripe
})
afterAll(() => sandbox.stop())

type Way = [how: string, pay: (more?: Partial<Stripe.PaymentIntentConfirmParams>) => Promise<Stripe.PaymentIntent>]

const newIntent = () => stripe.paymentIntents.create({ amount: 1999, currency: 'eur' })

async function payWith(
  chosen: Partial<Stripe.PaymentIntentConfirmParams>,
  more: Partial<Stripe.PaymentIntentConfirmParams> = {},
) {
  const intent = await newIntent()
  return stripe.paymentIntents.confirm(intent.id, { ...chosen, expand: ['latest_charge'], ...more })
}

/** The row by its number and by its published ids: each must behave the same. */
const waysOf = (number: string, ids: string): Way[] => [
  ...(number
    ? [[number, (more = {}) => payWith({ payment_method_data: typedCard(number) as never }, more)] as Way]
    : []),
  ...ids
    .split(' ')
    .filter(Boolean)
    .map((id): Way => [`pm_card_${id}`, (more = {}) => payWith({ payment_method: `pm_card_${id}` }, more)]),
]
const chargeOf = (intent: Stripe.PaymentIntent) => intent.latest_charge as Stripe.Charge // asked for with `expand`
const cardOf = (intent: Stripe.PaymentIntent) => chargeOf(intent).payment_method_details?.card

const SUCCESS: [brand: string, funding: string, number: string, ids: string][] = [
  ['visa', 'credit', '4242424242424242', 'visa'],
  ['visa', 'debit', '4000056655665556', 'visa_debit'],
  ['mastercard', 'credit', '5555555555554444', 'mastercard'],
  ['mastercard', 'credit', '2223003122003222', ''],
  ['mastercard', 'debit', '5200828282828210', 'mastercard_debit'],
  ['mastercard', 'prepaid', '5105105105105100', 'mastercard_prepaid'],
  ['amex', 'credit', '378282246310005', 'amex'],
  ['amex', 'credit', '371449635398431', ''],
  ['discover', 'credit', '6011111111111117', 'discover'],
  ['discover', 'credit', '6011000990139424', ''],
  ['discover', 'debit', '6011981111111113', ''],
  ['diners', 'credit', '3056930009020004', 'diners'],
  ['diners', 'credit', '36227206271667', ''],
  ['jcb', 'credit', '3566002020360505', 'jcb'],
  ['unionpay', 'credit', '6200000000000005', 'unionpay'],
  ['unionpay', 'credit', '6205500000000000004', ''],
]
test.each(SUCCESS)('a %s %s card %s succeeds', async (brand, funding, number, ids) => {
  for (const [, pay] of waysOf(number, ids)) {
    const intent = await pay()
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 1999, livemode: false })
    expect(chargeOf(intent)).toMatchObject({
      paid: true,
      captured: true,
      status: 'succeeded',
      outcome: { type: 'authorized', network_status: 'approved_by_network', risk_level: 'normal' },
    })
    expect(cardOf(intent)).toMatchObject({ brand, funding, last4: number.slice(-4), checks: { cvc_check: 'pass' } })
  }
})

test.each(['br', 'au', 'cn', 'hk', 'in', 'jp', 'my', 'nz', 'sg'])(
  'pm_card_%s succeeds in its country',
  async (country) => {
    const intent = await payWith({ payment_method: `pm_card_${country}` })
    expect(intent.status).toBe('succeeded')
    expect(cardOf(intent)?.country).toBe(country.toUpperCase())
  },
)

const DECLINES: [code: string, declineCode: string, number: string, ids: string][] = [
  ['card_declined', 'generic_decline', '4000000000000002', 'visa_chargeDeclined'],
  ['card_declined', 'insufficient_funds', '4000000000009995', 'visa_chargeDeclinedInsufficientFunds'],
  ['card_declined', 'lost_card', '4000000000009987', 'visa_chargeDeclinedLostCard'],
  ['card_declined', 'stolen_card', '4000000000009979', 'visa_chargeDeclinedStolenCard'],
  ['expired_card', 'expired_card', '4000000000000069', 'chargeDeclinedExpiredCard'],
  ['incorrect_cvc', 'incorrect_cvc', '4000000000000127', 'chargeDeclinedIncorrectCvc'],
  ['processing_error', 'processing_error', '4000000000000119', 'chargeDeclinedProcessingError'],
  ['card_declined', 'card_velocity_exceeded', '4000000000006975', 'visa_chargeDeclinedVelocityLimitExceeded'],
  ['card_declined', 'generic_decline', '4000000000000341', 'chargeCustomerFail'],
  ['card_declined', 'fraudulent', '4100000000000019', 'radarBlock chargeDeclinedFraudulent'],
  ['card_declined', 'fraudulent', '4000000000004954', 'riskLevelHighest'],
]
test.each(DECLINES)(
  '%s / %s is what %s answers, and the same intent is payable',
  async (code, declineCode, number, ids) => {
    for (const [, pay] of waysOf(number, ids)) {
      const error = await failureOf(pay())
      expect(error).toMatchObject({ statusCode: 402, rawType: 'card_error', code, decline_code: declineCode })
      expect(error.doc_url).toContain(code.replaceAll('_', '-'))
      const intent = error.payment_intent as Stripe.PaymentIntent // a refused confirm always carries it
      const after = await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] })
      expect(after).toMatchObject({
        status: 'requires_payment_method',
        payment_method: null,
        last_payment_error: { type: 'card_error', code, decline_code: declineCode, charge: error.charge },
      })
      const isBlocked = declineCode === 'fraudulent'
      expect(chargeOf(after)).toMatchObject({
        paid: false,
        status: 'failed',
        failure_code: code,
        outcome: isBlocked
          ? {
              type: 'blocked',
              network_status: 'not_sent_to_network',
              risk_level: 'highest',
              reason: 'highest_risk_level',
            }
          : { type: 'issuer_declined', network_status: 'declined_by_network', reason: declineCode },
      })
      const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' })
      expect(paid).toMatchObject({ status: 'succeeded', last_payment_error: null })
    }
  },
)

test('a wrong security code is only noticed when one is sent', async () => {
  const { cvc: _none, ...card } = typedCard('4000000000000127').card
  const intent = await payWith({ payment_method_data: { type: 'card', card } as never })
  expect(intent.status).toBe('succeeded')
  expect(cardOf(intent)?.checks?.cvc_check).toBeNull()
})

test('the declining cards fail on attach too, all but the one that only fails when charged', async () => {
  const customer = await stripe.customers.create()
  for (const [code, declineCode, number] of DECLINES) {
    const method = await stripe.paymentMethods.create(typedCard(number))
    const attach = stripe.paymentMethods.attach(method.id, { customer: customer.id })
    if (number === '4000000000000341') expect((await attach).customer).toBe(customer.id)
    else expect(await failureOf(attach)).toMatchObject({ statusCode: 402, code, decline_code: declineCode })
  }
})

const BAD: [what: string, number: string, more: object, code: string, param: string | undefined][] = [
  ['a number with a wrong check digit', '4242424242424241', {}, 'incorrect_number', 'number'],
  ['month 13', '4242424242424242', { exp_month: 13 }, 'invalid_expiry_month', 'exp_month'],
  ['a past year', '4242424242424242', { exp_year: 2020 }, 'invalid_expiry_year', 'exp_year'],
  ['a two-digit security code', '4242424242424242', { cvc: '99' }, 'invalid_cvc', 'cvc'],
]
test.each(BAD)('%s is refused before anything is stored', async (_what, number, more, code, param) => {
  const error = await failureOf(stripe.paymentMethods.create(typedCard(number, more)))
  expect(error).toMatchObject({ statusCode: 402, rawType: 'card_error', code, param })
})

test('a real card is refused in test mode and stored nowhere', async () => {
  for (const number of ['4111111111111111', '4539578763621486', '5425233430109903']) {
    const error = await failureOf(stripe.paymentMethods.create(typedCard(number)))
    expect(error).toMatchObject({ statusCode: 402, code: 'card_declined', decline_code: 'test_mode_live_card' })
    expect(error.message).not.toContain(number)
  }
})

/** Answers the bank's question of an intent that waits for it. */
async function challenge(intent: Stripe.PaymentIntent, outcome: 'pass' | 'fail') {
  const question: { source?: string } = Object(intent.next_action?.use_stripe_sdk)
  const attempt = question.source ?? ''
  const body = new URLSearchParams({ attempt, outcome })
  await fetch(`${sandbox.url}/stripe/challenge`, { method: 'POST', body })
  return stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] })
}

const CHALLENGED: [number: string, ids: string][] = [
  ['4000002500003155', 'authenticationRequiredOnSetup'],
  ['4000002760003184', 'authenticationRequired'],
  ['4000003800000446', 'authenticationRequiredSetupForOffSession'],
  ['4000000000003220', 'threeDSecure2Required'],
  ['4000008400000027', ''],
]
test.each(CHALLENGED)('%s asks the bank: passed it succeeds, failed it stays payable', async (number, ids) => {
  for (const [, pay] of waysOf(number, ids)) {
    const waiting = await pay()
    expect(waiting).toMatchObject({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' } })
    const paid = await challenge(waiting, 'pass')
    expect(paid.status).toBe('succeeded')
    expect(cardOf(paid)?.three_d_secure).toMatchObject({ result: 'authenticated', authentication_flow: 'challenge' })
    expect(await challenge(await pay(), 'fail')).toMatchObject({
      status: 'requires_payment_method',
      latest_charge: null,
      last_payment_error: { code: 'payment_intent_authentication_failure', type: 'invalid_request_error' },
    })
  }
})

const AFTER: [number: string, ids: string, declineCode: string][] = [
  ['4000008260003178', 'authenticationRequiredChargeDeclinedInsufficientFunds', 'insufficient_funds'],
  ['4000008400001629', 'threeDSecureRequiredChargeDeclined', 'generic_decline'],
]
test.each(AFTER)('%s authenticates and is then declined', async (number, ids, declineCode) => {
  for (const [, pay] of waysOf(number, ids)) {
    const after = await challenge(await pay(), 'pass')
    expect(after).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'card_declined', decline_code: declineCode },
    })
  }
})

test('a required lookup that fails declines without a challenge', async () => {
  for (const [, pay] of waysOf('4000008400001280', 'threeDSecureRequiredProcessingError')) {
    expect(await failureOf(pay())).toMatchObject({ statusCode: 402, code: 'card_declined' })
  }
})

test('optional 3-D Secure is asked only when requested', async () => {
  const asked = { payment_method_options: { card: { request_three_d_secure: 'any' as const } } }
  for (const [, pay] of waysOf('4000000000003055', 'threeDSecureOptional')) {
    expect((await pay()).status).toBe('succeeded')
    expect((await pay(asked)).status).toBe('requires_action')
  }
  for (const [, pay] of waysOf('4000000000003097', 'threeDSecureOptionalProcessingError')) {
    expect((await pay()).status).toBe('succeeded')
    expect(await failureOf(pay(asked))).toMatchObject({ code: 'card_declined' })
  }
  const ordinary = await payWith({ payment_method: 'pm_card_visa' }, asked)
  expect(cardOf(ordinary)?.three_d_secure?.result).toBe('attempt_acknowledged')
})

test('frictionless and unsupported 3-D Secure ask nothing', async () => {
  const [[, frictionless] = []] = waysOf('4000000032200000', '')
  const paid = await frictionless?.()
  expect(paid?.status).toBe('succeeded')
  expect(paid && cardOf(paid)?.three_d_secure).toMatchObject({ authentication_flow: 'frictionless' })
  const amex = await payWith({ payment_method: 'pm_card_amex_threeDSecureNotSupported' })
  expect(amex.status).toBe('succeeded')
})

test('without the customer, authentication is refused unless the card was set up for that', async () => {
  const away = { off_session: true as const }
  for (const id of ['authenticationRequired', 'authenticationRequiredOnSetup']) {
    const error = await failureOf(payWith({ payment_method: `pm_card_${id}` }, away))
    expect(error).toMatchObject({ statusCode: 402, code: 'card_declined', decline_code: 'authentication_required' })
  }
  const ready = { payment_method: 'pm_card_authenticationRequiredSetupForOffSession' }
  expect((await payWith(ready, away)).status).toBe('succeeded')
  const noAction = { payment_method: 'pm_card_authenticationRequired', error_on_requires_action: true }
  expect(await failureOf(payWith(noAction))).toMatchObject({ decline_code: 'authentication_required' })
})

test('elevated risk succeeds and opens a review', async () => {
  for (const [, pay] of waysOf('4000000000009235', 'riskLevelElevated')) {
    const intent = await pay()
    expect(chargeOf(intent).outcome).toMatchObject({ risk_level: 'elevated', type: 'manual_review' })
    const review = await stripe.reviews.retrieve(String(intent.review))
    expect(review).toMatchObject({ open: true, charge: chargeOf(intent).id })
    expect(await stripe.reviews.approve(review.id)).toMatchObject({ open: false, closed_reason: 'approved' })
  }
})

const CHECKS: [number: string, ids: string, checks: Partial<Stripe.PaymentMethod.Card.Checks>][] = [
  ['4000000000000101', 'cvcCheckFail', { cvc_check: 'fail' }],
  ['4000000000000036', 'avsZipFail', { address_postal_code_check: 'fail', address_line1_check: 'pass' }],
  ['4000000000000028', 'avsLine1Fail', { address_line1_check: 'fail', address_postal_code_check: 'pass' }],
  ['4000000000000010', 'avsFail', { address_line1_check: 'fail', address_postal_code_check: 'fail' }],
  [
    '4000000000000044',
    'avsUnchecked',
    { address_line1_check: 'unavailable', address_postal_code_check: 'unavailable' },
  ],
]
test.each(CHECKS)('%s succeeds with its checks on record', async (number, ids, checks) => {
  for (const [, pay] of waysOf(number, ids)) {
    const intent = await pay()
    expect(intent.status).toBe('succeeded')
    expect(cardOf(intent)?.checks).toMatchObject(checks)
  }
})

const DISPUTES: [number: string, ids: string, reason: string, status: string, times: number][] = [
  ['4000000000000259', 'createDispute', 'fraudulent', 'needs_response', 1],
  ['4000000000002685', 'createDisputeProductNotReceived', 'product_not_received', 'needs_response', 1],
  ['4000000000001976', 'createDisputeInquiry', 'fraudulent', 'warning_needs_response', 1],
  ['4000000404000079', 'createMultipleDisputes', 'fraudulent', 'needs_response', 2],
  ['4000000404000038', 'createCe3EligibleDispute', 'fraudulent', 'needs_response', 1],
  ['4000008400000779', 'createComplianceDispute', 'noncompliant', 'needs_response', 1],
]
test.each(DISPUTES)('%s is paid and then disputed', async (number, ids, reason, status, times) => {
  for (const [, pay] of waysOf(number, ids)) {
    const intent = await pay()
    expect(intent.status).toBe('succeeded')
    expect(chargeOf(intent).disputed).toBe(true)
    const { data } = await stripe.disputes.list({ payment_intent: intent.id })
    expect(data.map((dispute) => [dispute.reason, dispute.status, dispute.amount])).toEqual(
      Array.from({ length: times }, () => [reason, status, 1999]),
    )
    const events = await stripe.events.list({ type: 'charge.dispute.created', limit: times })
    expect(events.data.map(({ data: { object } }) => (object as Stripe.Dispute).payment_intent)).toContain(intent.id)
  }
})

test('an early fraud warning follows its card', async () => {
  for (const [, pay] of waysOf('4000000000005423', 'createIssuerFraudRecord')) {
    const intent = await pay()
    const { data } = await stripe.radar.earlyFraudWarnings.list({ payment_intent: intent.id })
    expect(data).toHaveLength(1)
    const events = await stripe.events.list({ type: 'radar.early_fraud_warning.created', limit: 1 })
    expect(events.data[0]?.data.object).toMatchObject({ charge: chargeOf(intent).id })
  }
})

const REFUNDS: [number: string, ids: string, first: string, last: string, event: string][] = [
  ['4000000000007726', 'pendingRefund', 'pending', 'succeeded', 'refund.updated'],
  ['4000000000005126', 'refundFail', 'succeeded', 'failed', 'refund.failed'],
]
test.each(REFUNDS)('a refund of %s is %s first and changes later', async (number, ids, first, last, event) => {
  for (const [, pay] of waysOf(number, ids)) {
    const intent = await pay()
    const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 500 })
    expect(refund.status).toBe(first)
    await sandbox.control('clock', { advanceSeconds: 5 })
    const settled = await eventually('the refund settles', async () => {
      const now = await stripe.refunds.retrieve(refund.id)
      return now.status === last && now
    })
    const events = await stripe.events.list({ type: event, limit: 1 })
    expect(events.data[0]?.data.object).toMatchObject({ id: refund.id, status: last })
    const charge = await stripe.charges.retrieve(chargeOf(intent).id)
    expect(charge.amount_refunded).toBe(last === 'failed' ? 0 : 500)
    if (last === 'failed') expect(settled.failure_reason).toBe('expired_or_canceled_card')
  }
})

test.each([
  ['4000000000000077', 'bypassPending'],
  ['4000003720000278', 'bypassPendingInternational'],
])('%s goes straight to the available balance', async (number, ids) => {
  for (const [, pay] of waysOf(number, ids)) {
    const intent = await pay({ expand: ['latest_charge.balance_transaction'] })
    expect(chargeOf(intent).balance_transaction).toMatchObject({ status: 'available', amount: 1999 })
  }
  const ordinary = await payWith({ payment_method: 'pm_card_visa' }, { expand: ['latest_charge.balance_transaction'] })
  expect(chargeOf(ordinary).balance_transaction).toMatchObject({ status: 'pending' })
})

test('every accepted number satisfies the check digit and no two rows share one', () => {
  const numbers = TEST_CARDS.map(({ number }) => number)
  expect(new Set(numbers).size).toBe(numbers.length)
})
