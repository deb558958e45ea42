import { expect, test } from 'bun:test'
import { ORDER_STATUSES } from '@vitrine/contracts/orders'
import type { Promotion } from '@vitrine/contracts/promotions'
import { DEMO_ORDERS, demoOrder } from './demo.rules.ts'
import { orderNumber } from './number.rules.ts'
import { decidePromotion } from './promotion.rules.ts'
import { seal, unseal } from './seal.ts'
import { canMove, isFinal, NEXT, paymentStatusAfterRefund } from './states.rules.ts'
import { DEFAULT_TAX, divideHalfUp, taxOf } from './tax.rules.ts'
import { mergeLines } from './totals.rules.ts'

const euro = (amount: number) => ({ amount, currency: 'EUR' as const })
const variant = (sku: string, amount: number) => ({
  sku,
  productId: `prd_${sku}`,
  slug: sku,
  title: sku,
  options: {},
  picture: null,
  categories: [],
  price: euro(amount),
  available: 99,
  isSellable: true,
})
const promotion = (values: Partial<Promotion>): Promotion => ({
  id: 'promo_1',
  code: 'CODE',
  type: 'percent',
  value: 10,
  usedCount: 0,
  createdAt: '2026-01-01T00:00:00.000Z',
  ...values,
})
const unused = { total: 0, byCustomer: 0 }
const now = new Date('2026-06-01T00:00:00Z')

test('halves are rounded up, and tax is within or on top', () => {
  expect(divideHalfUp(5, 2)).toBe(3)
  expect(divideHalfUp(4, 3)).toBe(1)
  expect(taxOf(11_900, 190, true)).toBe(1900)
  expect(taxOf(10_000, 190, false)).toBe(1900)
  expect(DEFAULT_TAX.FI).toBe(255)
  expect(DEFAULT_TAX.US).toBeUndefined()
})

test('the states move only along the table, and the last ones stay', () => {
  const moves = ORDER_STATUSES.flatMap((from) =>
    ORDER_STATUSES.filter((to) => canMove(from, to)).map((to) => `${from}>${to}`),
  )
  expect(moves.sort()).toEqual(
    [
      'pending>confirmed',
      'pending>expiring',
      'pending>cancelling',
      'pending>cancelled',
      'expiring>confirmed',
      'expiring>expired',
      'cancelling>cancelled',
      'cancelling>confirmed',
      'confirmed>cancelling',
      'confirmed>shipped',
      'shipped>delivered',
    ].sort(),
  )
  expect(ORDER_STATUSES.filter(isFinal)).toEqual(['delivered', 'expired', 'cancelled'])
  expect(Object.keys(NEXT).sort()).toEqual([...ORDER_STATUSES].sort())
})

test('the payment status follows what went back', () => {
  expect([0, 1, 99, 100, 120].map((refunded) => paymentStatusAfterRefund(100, refunded))).toEqual([
    'paid',
    'partially_refunded',
    'partially_refunded',
    'refunded',
    'refunded',
  ])
})

test('a code that is over, used up, too early, too small or elsewhere says why', () => {
  const lines = [{ sku: 'A', productId: 'p', categories: ['home', 'kitchen'], quantity: 1, unitPrice: euro(1000) }]
  const reason = (values: Partial<Promotion>, usage = unused) => {
    const decision = decidePromotion(promotion(values), lines, usage, now)
    return decision.isValid ? null : decision.reason
  }
  expect(reason({})).toBeNull()
  expect(reason({ startsAt: '2026-07-01T00:00:00.000Z' })).toContain('not valid yet')
  expect(reason({ endsAt: '2026-05-01T00:00:00.000Z' })).toContain('ended')
  expect(reason({ usageLimit: 1 }, { total: 1, byCustomer: 0 })).toContain('used up')
  expect(reason({ perCustomer: 1 }, { total: 1, byCustomer: 1 })).toContain('already')
  expect(reason({ minimum: euro(1001) })).toContain('minimum')
  expect(reason({ minimum: euro(1250) })).toContain('€2.50 are missing')
  expect(reason({ scope: { skus: ['B'] } })).toContain('does not apply')
  expect(reason({ scope: { categories: ['garden'] } })).toContain('does not apply')
  expect(reason({ scope: { skus: ['B'], categories: ['home'] } })).toBeNull()
  expect(reason({ type: 'buy_x_get_y', value: 2 })).toContain('Put 3 of the same')
  expect(decidePromotion(null, lines, unused, now)).toMatchObject({ isValid: false })
})

test('buy two, get one free counts whole groups of the same thing', () => {
  const lines = [{ sku: 'A', productId: 'p', categories: ['home', 'kitchen'], quantity: 7, unitPrice: euro(1000) }]
  const decision = decidePromotion(promotion({ type: 'buy_x_get_y', value: 2 }), lines, unused, now)
  expect(decision.isValid && decision.effect.lineDiscounts).toEqual([2000])
})

test('lines of one sku are one line', () => {
  expect(
    mergeLines([
      { sku: 'A', quantity: 1 },
      { sku: 'B', quantity: 2 },
      { sku: 'A', quantity: 3 },
    ]),
  ).toEqual([
    { sku: 'A', quantity: 4 },
    { sku: 'B', quantity: 2 },
  ])
})

test('an order number can be read out', () => {
  expect(orderNumber(new Uint8Array([0, 1, 2, 3, 4, 5, 6, 255]))).toMatch(/^V-[2-9A-Z]{4}-[2-9A-Z]{4}$/)
})

test('a sealed reply opens with its own key only', async () => {
  const sealed = await seal('secret', 'usr_1\nkey')
  expect(sealed).not.toContain('secret')
  expect(await unseal(sealed, 'usr_1\nkey')).toBe('secret')
  expect(unseal(sealed, 'usr_1\nother')).rejects.toThrow()
})

test('demo orders show every lasting state and are the same every time', () => {
  const variants = ['A', 'B', 'C', 'D'].map((sku, index) => variant(sku, 1000 + index))
  const make = () => Array.from({ length: DEMO_ORDERS }, (_, index) => demoOrder(index, variants, null, now))
  expect(make()).toEqual(make())
  expect(new Set(make().map(({ status }) => status))).toEqual(
    new Set(['pending', 'confirmed', 'shipped', 'delivered', 'cancelled', 'expired']),
  )
  for (const { timeline, shipment } of make()) {
    const sent = timeline.find(({ type }) => type === 'shipped')
    expect(sent?.data.tracking).toBe(shipment?.tracking)
  }
})
