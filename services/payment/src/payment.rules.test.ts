import { expect, test } from 'bun:test'
import type { IntentFacts, RefundFacts } from './gateway.ts'
import { mismatchOf, settle, settleRefund } from './payment.rules.ts'
import type { Payment } from './payment.ts'

const NOW = new Date('2026-11-21T12:00:00Z')
const payment = (change: Partial<Payment> = {}): Payment => ({
  orderId: 'ord_1',
  intentId: 'pi_1',
  clientSecret: 'pi_1_secret',
  status: 'requires_payment_method',
  amount: { amount: 4200, currency: 'EUR' },
  email: 'buyer@example.com',
  refunded: 0,
  failure: null,
  succeededAt: null,
  createdAt: NOW,
  updatedAt: NOW,
  version: 1,
  ...change,
})
const facts = (change: Partial<IntentFacts> = {}): IntentFacts => ({
  intentId: 'pi_1',
  orderId: 'ord_1',
  status: 'succeeded',
  amount: 4200,
  amountReceived: 4200,
  currency: 'EUR',
  clientSecret: 'pi_1_secret',
  isLive: false,
  failure: null,
  ...change,
})
const refund = (change: Partial<RefundFacts> = {}): RefundFacts => ({
  refundId: 're_1',
  intentId: 'pi_1',
  amount: 1000,
  currency: 'EUR',
  status: 'succeeded',
  key: 'one',
  reason: '',
  createdAt: NOW,
  ...change,
})
const declined = { id: 'ch_1', code: 'card_declined', declineCode: 'insufficient_funds', message: 'No.' }

test('a paid intent is announced with what was received', () => {
  const settlement = settle(payment(), facts(), NOW)
  expect(settlement?.payment).toMatchObject({ status: 'succeeded', succeededAt: NOW })
  expect(settlement?.announcements).toEqual([
    {
      type: 'payment.succeeded',
      data: { orderId: 'ord_1', intentId: 'pi_1', amount: { amount: 4200, currency: 'EUR' } },
    },
  ])
})

test('what is known already is no news', () => {
  expect(settle(payment({ status: 'requires_action' }), facts({ status: 'requires_action' }), NOW)).toBeNull()
})

test('a failure that arrives after the success never downgrades it', () => {
  const paid = payment({ status: 'succeeded', succeededAt: NOW })
  expect(settle(paid, facts({ status: 'requires_payment_method', failure: declined }), NOW)).toBeNull()
})

test('each failed attempt is announced once, with the bank’s own reason', () => {
  const failed = facts({ status: 'requires_payment_method', failure: declined })
  const first = settle(payment(), failed, NOW)
  expect(first?.announcements).toMatchObject([{ type: 'payment.failed', data: { code: 'insufficient_funds' } }])
  expect(settle(first?.payment ?? payment(), failed, NOW)).toBeNull()
})

test('another amount, currency or mode does not pass for the order’s money', () => {
  expect(mismatchOf(payment(), facts(), false)).toBeNull()
  expect(mismatchOf(payment(), facts({ amountReceived: 4199 }), false)).toBe('amount_mismatch')
  expect(mismatchOf(payment(), facts({ currency: 'USD' }), false)).toBe('amount_mismatch')
  expect(mismatchOf(payment(), facts({ isLive: true }), false)).toBe('wrong_mode')
})

test('a refund is counted and announced once, and its later failure takes the amount back', () => {
  const first = settleRefund(payment({ status: 'succeeded' }), null, refund(), NOW)
  expect(first?.payment.refunded).toBe(1000)
  expect(first?.announcements).toMatchObject([{ type: 'payment.refunded', data: { refundedTotal: { amount: 1000 } } }])
  const [afterwards, known] = [first?.payment ?? payment(), first?.refund ?? null]
  expect(settleRefund(afterwards, known, refund(), NOW)).toBeNull()
  const failed = settleRefund(afterwards, known, refund({ status: 'failed' }), NOW)
  expect(failed?.payment.refunded).toBe(0)
  expect(failed?.announcements).toMatchObject([
    { type: 'payment.refund_failed', data: { refundedTotal: { amount: 0 } } },
  ])
})
