import { expect, test } from 'bun:test'
import { ORDER_STATUSES } from '@vitrine/contracts/orders'
import type { Promotion } from '@vitrine/contracts/promotions'
import { DEMO_ORDERS, demoOrder } from './demo.rules.ts'
import { orderNumber } from './number.rules.ts'
import { allocate, decidePromotion } from './promotion.rules.ts'
import { seal, unseal } from './seal.ts'
import { canMove, isFinal, NEXT, paymentStatusAfterRefund } from './states.rules.ts'
import { divideHalfUp, taxOf, taxRatePermille } from './tax.rules.ts'
import { mergeLines, totalsOf } from './totals.rules.ts'

/** Numbers that look random and are the same in every run; the seed stands in the name of a failing test. */
function numbers(seed: number) {
  let state = seed
  return (max: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state % max
  }
}

const euro = (amount: number) => ({ amount, currency: 'EUR' as const })
const variant = (sku: string, amount: number) => ({
  sku,
  productId: `prd_${sku}`,
  slug: sku,
  title: sku,
  options: {},
  picture: null,
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

test('every order adds up exactly, whatever is in it', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const random = numbers(seed)
    const items = Array.from({ length: 1 + random(6) }, (_, index) => ({
      variant: variant(`S${index}`, 1 + random(50_000)),
      quantity: 1 + random(9),
    }))
    const lines = items.map(({ variant: { sku, productId, price }, quantity }) => ({
      sku,
      productId,
      quantity,
      unitPrice: price,
    }))
    const type = (['percent', 'fixed', 'free_shipping', 'buy_x_get_y'] as const)[random(4)] ?? 'percent'
    const decision = decidePromotion(promotion({ type, value: 1 + random(100) }), lines, unused, now)
    const effect = decision.isValid ? decision.effect : null
    const taxIncluded = random(2) === 0
    const totals = totalsOf({
      items,
      effect,
      shippingPrice: random(2000),
      taxPermille: random(270),
      taxIncluded,
      currency: 'EUR',
    })
    const sum = (pick: (line: (typeof totals.lines)[number]) => number) =>
      totals.lines.reduce((all, line) => all + pick(line), 0)
    expect(totals.subtotal.amount).toBe(sum((line) => line.unitPrice.amount * line.quantity))
    expect(totals.discount.amount).toBe(sum((line) => line.discount.amount))
    for (const line of totals.lines) {
      expect(line.total.amount).toBe(line.unitPrice.amount * line.quantity - line.discount.amount)
      expect(line.total.amount).toBeGreaterThanOrEqual(0)
      for (const money of [line.total, line.tax, line.discount]) expect(Number.isInteger(money.amount)).toBe(true)
    }
    const onTop = taxIncluded ? 0 : totals.tax.amount
    expect(totals.total.amount).toBe(totals.subtotal.amount - totals.discount.amount + totals.shipping.amount + onTop)
    if (type === 'free_shipping') expect(totals.shipping.amount).toBe(0)
  }
})

test('an amount is split without losing or making a cent', () => {
  for (let seed = 1; seed <= 200; seed++) {
    const random = numbers(seed)
    const weights = Array.from({ length: 1 + random(7) }, () => random(1000))
    const whole = weights.reduce((all, weight) => all + weight, 0)
    const amount = whole === 0 ? 0 : random(whole + 1)
    const shares = allocate(amount, weights)
    expect(shares.reduce((all, share) => all + share, 0)).toBe(amount)
    for (const [index, share] of shares.entries()) expect(share).toBeLessThanOrEqual(weights[index] ?? 0)
  }
})

test('halves are rounded up, and tax is within or on top', () => {
  expect(divideHalfUp(5, 2)).toBe(3)
  expect(divideHalfUp(4, 3)).toBe(1)
  expect(taxOf(11_900, 190, true)).toBe(1900)
  expect(taxOf(10_000, 190, false)).toBe(1900)
  expect(taxRatePermille('FI')).toBe(255)
  expect(taxRatePermille('US')).toBe(0)
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
  const lines = [{ sku: 'A', productId: 'p', quantity: 1, unitPrice: euro(1000) }]
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
  expect(reason({ scope: { skus: ['B'] } })).toContain('does not apply')
  expect(decidePromotion(null, lines, unused, now)).toMatchObject({ isValid: false })
})

test('buy two, get one free counts whole groups of the same thing', () => {
  const lines = [{ sku: 'A', productId: 'p', quantity: 7, unitPrice: euro(1000) }]
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
})
