import { expect, test } from 'bun:test'
import type { Order, OrderRefund } from '@vitrine/contracts/orders'
import {
  refundable,
  refundOf,
  shippingLeft,
  sumOf,
  unitsLeft,
  valuesOf,
} from '#app/features/admin-orders/refund-rules.ts'

const euro = (amount: number) => ({ amount, currency: 'EUR' as const })
const refund = (values: Partial<OrderRefund>): OrderRefund => ({
  id: 'r1',
  amount: euro(333),
  lines: [],
  shipping: euro(0),
  reason: 'Sent back',
  restock: false,
  status: 'succeeded',
  at: '2026-06-01T12:00:00.000Z',
  ...values,
})
const line = { sku: 'A', quantity: 3, total: euro(1000), tax: euro(160) }
// Only what the rules read.
const order = (refunds: OrderRefund[] = []) =>
  ({
    lines: [line],
    refunds,
    total: euro(1490),
    shipping: euro(490),
    tax: euro(238),
    taxIncluded: true,
    paymentStatus: 'paid',
    refundedTotal: euro(0),
  }) as unknown as Order

test('the form sums up what the service will refund', () => {
  expect(sumOf(order(), { 'quantity.A': '1' })).toBe(333)
  expect(sumOf(order(), { 'quantity.A': '3', shipping: '4.90' })).toBe(1490)
  const earlier = refund({ lines: [{ sku: 'A', quantity: 2 }], amount: euro(666) })
  expect(sumOf(order([earlier]), { 'quantity.A': '1' })).toBe(334)
  expect(sumOf(order(), { amount: '5' })).toBe(500)
  expect(sumOf(order([earlier]), { all: 'on' })).toBe(824)
})

test('a failed refund leaves its units, its delivery and its money to be refunded again', () => {
  const failed = refund({ lines: [{ sku: 'A', quantity: 2 }], shipping: euro(490), status: 'failed' })
  const again = order([failed])
  expect([unitsLeft(again, again.lines[0] ?? ({} as never)), shippingLeft(again), refundable(again)]).toEqual([
    3, 490, 1490,
  ])
  expect(refundOf(again, valuesOf(failed))).toEqual({
    restock: false,
    reason: 'Sent back',
    lines: [{ sku: 'A', quantity: 2 }],
    shipping: euro(490),
    amount: euro(333),
  })
})

test('an empty form is told what to choose', () => {
  expect(refundOf(order(), { 'quantity.A': '0', shipping: '0' })).toMatchObject({ field: 'amount' })
  expect(refundOf(order(), { shipping: 'some' })).toMatchObject({ field: 'shipping' })
})
