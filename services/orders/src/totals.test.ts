import { expect, test } from 'bun:test'
import type { Promotion } from '@vitrine/contracts/promotions'
import fc from 'fast-check'
import type { OrderRecord } from './order.ts'
import { allocate, decidePromotion } from './promotion.rules.ts'
import { newRefund } from './refund.moves.rules.ts'
import { planRefund } from './refund.rules.ts'
import { DEFAULT_ZONES, freeFrom, methodsOf, priceOf, zoneOf, zoneProblems } from './shipping.rules.ts'
import { divideHalfUp, taxOf } from './tax.rules.ts'
import { type Totals, totalsOf } from './totals.rules.ts'

const euro = (amount: number) => ({ amount, currency: 'EUR' as const })
const now = new Date('2026-06-01T00:00:00Z')

const anyItems = fc.array(
  fc.record({ amount: fc.integer({ min: 1, max: 90_000 }), quantity: fc.integer({ min: 1, max: 99 }) }),
  {
    minLength: 1,
    maxLength: 8,
  },
)
const anyPromotion = fc.record({
  type: fc.constantFrom<Promotion['type']>('percent', 'fixed', 'free_shipping', 'buy_x_get_y'),
  value: fc.integer({ min: 1, max: 100_000 }),
  isScoped: fc.boolean(),
})
const anyTax = fc.record({ permille: fc.integer({ min: 0, max: 400 }), isIncluded: fc.boolean() })
const anyCase = fc.record({
  items: anyItems,
  promotion: fc.option(anyPromotion),
  tax: anyTax,
  shipping: fc.integer({ min: 0, max: 5000 }),
})
type Case = typeof anyCase extends fc.Arbitrary<infer T> ? T : never

function added({ items, promotion, tax, shipping }: Case): Totals {
  const priced = items.map(({ amount, quantity }, index) => {
    const shown = { sku: `S${index}`, productId: `prd_${index}`, slug: '', title: '', options: {}, picture: null }
    const variant = { ...shown, categories: [], price: euro(amount), available: 99, isSellable: true }
    return { variant, quantity }
  })
  const lines = priced.map(({ variant: { sku, productId, categories, price }, quantity }) => ({
    sku,
    productId,
    categories,
    quantity,
    unitPrice: price,
  }))
  const terms = promotion && {
    id: 'promo_1',
    code: 'CODE',
    type: promotion.type,
    value: promotion.type === 'percent' ? 1 + (promotion.value % 100) : promotion.value,
    ...(promotion.isScoped ? { scope: { skus: ['S0', 'S2'] } } : {}),
    usedCount: 0,
    createdAt: now.toISOString(),
  }
  const decision = terms ? decidePromotion(terms, lines, { total: 0, byCustomer: 0 }, now) : null
  return totalsOf({
    items: priced,
    effect: decision?.isValid ? decision.effect : null,
    shippingOf: () => shipping,
    taxPermille: tax.permille,
    taxIncluded: tax.isIncluded,
    currency: 'EUR',
  })
}

const sum = (amounts: number[]) => amounts.reduce((all, amount) => all + amount, 0)

test('the lines of an order add up to its totals, whatever is in it', () => {
  fc.assert(
    fc.property(anyCase, (given) => {
      const { lines, subtotal, discount, shipping, tax, taxIncluded, total } = added(given)
      expect(subtotal.amount).toBe(sum(lines.map((line) => line.unitPrice.amount * line.quantity)))
      expect(discount.amount).toBe(sum(lines.map((line) => line.discount.amount)))
      for (const line of lines)
        expect(line.total.amount).toBe(line.unitPrice.amount * line.quantity - line.discount.amount)
      const goods = sum(lines.map((line) => line.total.amount))
      expect(total.amount).toBe(goods + shipping.amount + (taxIncluded ? 0 : tax.amount))
      expect(tax.amount).toBe(
        sum(lines.map((line) => line.tax.amount)) + taxOf(shipping.amount, given.tax.permille, taxIncluded),
      )
    }),
  )
})

test('nothing of an order is ever negative or a fraction, and no discount exceeds its line', () => {
  fc.assert(
    fc.property(anyCase, (given) => {
      const { lines, subtotal, discount, shipping, tax, total } = added(given)
      const moneys = [
        subtotal,
        discount,
        shipping,
        tax,
        total,
        ...lines.flatMap((line) => [line.total, line.tax, line.discount]),
      ]
      for (const { amount } of moneys) {
        expect(Number.isInteger(amount)).toBe(true)
        expect(amount).toBeGreaterThanOrEqual(0)
      }
      expect(discount.amount).toBeLessThanOrEqual(subtotal.amount)
    }),
  )
})

test('tax within a price and tax on top of what is left are the same, to the cent of rounding', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 0, max: 400 }), (gross, permille) => {
      const within = taxOf(gross, permille, true)
      const net = gross - within
      expect(within).toBeLessThanOrEqual(gross)
      expect(Math.abs(net + taxOf(net, permille, false) - gross)).toBeLessThanOrEqual(1)
    }),
  )
})

test('there is one rounding: half up, never off by more than a half', () => {
  fc.assert(
    fc.property(fc.nat(10_000_000), fc.integer({ min: 1, max: 5000 }), (numerator, denominator) => {
      const rounded = divideHalfUp(numerator, denominator)
      expect(2 * rounded * denominator).toBeGreaterThan(2 * numerator - denominator - 1)
      expect(2 * rounded * denominator).toBeLessThanOrEqual(2 * numerator + denominator)
    }),
  )
})

test('a discount is split by largest remainder: to the cent, fair to one unit, to none that has no part in it', () => {
  const anySplit = fc
    .array(fc.nat(100_000), { minLength: 1, maxLength: 9 })
    .chain((weights) => fc.tuple(fc.constant(weights), fc.nat(sum(weights))))
  fc.assert(
    fc.property(anySplit, ([weights, wanted]) => {
      const whole = sum(weights)
      const amount = whole === 0 ? 0 : wanted
      const shares = allocate(amount, weights)
      expect(sum(shares)).toBe(amount)
      for (const [index, share] of shares.entries()) {
        const weight = weights[index] ?? 0
        expect(share).toBeLessThanOrEqual(weight)
        if (whole > 0) expect(Math.abs(share - (amount * weight) / whole)).toBeLessThan(1)
      }
    }),
  )
})

test('refunding an order piece by piece, in any order, gives back exactly what was paid for the pieces', () => {
  const anyOrder = fc.record({ case: anyCase, picks: fc.array(fc.nat(1000), { maxLength: 40 }) })
  fc.assert(
    fc.property(anyOrder, ({ case: given, picks }) => {
      const totals = added({
        ...given,
        items: given.items.map((item) => ({ ...item, quantity: 1 + (item.quantity % 4) })),
      })
      let order = { ...totals, refunds: [], refundedTotal: euro(0), paymentStatus: 'paid' } as unknown as OrderRecord
      const units = order.lines.flatMap(({ sku, quantity }) => Array.from({ length: quantity }, () => sku))
      const turns = units.map((sku, index) => ({ sku, turn: picks[index % Math.max(picks.length, 1)] ?? index }))
      for (const { sku } of turns.sort((one, other) => one.turn - other.turn)) {
        const plan = planRefund(order, { lines: [{ sku, quantity: 1 }], restock: false, reason: '' })
        const refund = { ...newRefund(`k${order.refunds.length}`, plan.amount, '', now), ...plan }
        order = { ...order, refunds: [...order.refunds, { ...refund, status: 'succeeded' as const }] }
      }
      const goods = sum(order.lines.map((line) => line.total.amount + (order.taxIncluded ? 0 : line.tax.amount)))
      expect(sum(order.refunds.map(({ amount }) => amount.amount))).toBe(goods)
      const rest = planRefund(order, { restock: false, reason: '' })
      expect(goods + rest.amount.amount).toBe(order.total.amount)
    }),
    { numRuns: 60 },
  )
})

test('delivery is charged by country and by what the goods are worth', () => {
  const home = zoneOf(DEFAULT_ZONES, 'DE')
  const price = (goods: number) =>
    methodsOf(home, goods, { currency: 'EUR', isFree: false }).map((one) => one.price.amount)
  expect(price(4999)).toEqual([490, 1290])
  expect(price(5000)).toEqual([0, 1290])
  expect(zoneOf(DEFAULT_ZONES, 'FR')?.id).toBe('eu')
  expect(zoneOf(DEFAULT_ZONES, 'JP')?.id).toBe('world')
  expect(zoneOf(DEFAULT_ZONES.slice(0, 1), 'JP')).toBeNull()
  expect(home?.methods.map(freeFrom)).toEqual([5000, null])
})

test('the highest tier reached counts, whatever order the tiers stand in', () => {
  const anyTiers = fc.uniqueArray(fc.record({ from: fc.nat(20_000), price: fc.nat(5000) }), {
    minLength: 1,
    selector: ({ from }) => from,
  })
  fc.assert(
    fc.property(anyTiers, fc.nat(25_000), (tiers, goods) => {
      const reached = tiers.filter(({ from }) => from <= goods).sort((one, other) => other.from - one.from)
      expect(priceOf({ id: 'x', name: 'x', estimate: 'x', tiers }, goods)).toBe(reached[0]?.price ?? 0)
    }),
  )
})

test('a table of zones that contradicts itself is refused', () => {
  const [home, eu, , world] = DEFAULT_ZONES
  expect(zoneProblems(DEFAULT_ZONES)).toBeNull()
  if (!home || !eu || !world) throw new Error('The default zones are gone.')
  expect(zoneProblems([home, { ...eu, countries: ['DE'] }])).toEqual({ zones: ['DE stands in two zones.'] })
  expect(zoneProblems([world, { ...world, id: 'other' }])).not.toBeNull()
  expect(zoneProblems([{ ...home, methods: [...home.methods, ...home.methods] }])).not.toBeNull()
  const [method] = home.methods
  if (!method) throw new Error('The first zone has no method.')
  const late = { ...method, tiers: [{ from: 100, price: 1 }] }
  expect(zoneProblems([{ ...home, methods: [late] }])).not.toBeNull()
})
