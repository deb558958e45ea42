import { expect, test } from 'bun:test'
import { INVARIANTS, upperBound, violationsOf } from './invariants.rules.ts'
import { FAILPOINTS, FAULTS, HABITS, planOf } from './plan.rules.ts'
import type { OrderRow, Snapshot } from './snapshot.ts'

const order = (more: Partial<OrderRow> = {}): OrderRow => ({
  id: 'ord_1',
  email: 'one@vitrine.test',
  status: 'confirmed',
  paymentStatus: 'paid',
  lines: [{ sku: 'A', quantity: 2, unitPrice: 1500, total: 3000 }],
  subtotal: 3000,
  discount: 0,
  shipping: 490,
  total: 3490,
  currency: 'EUR',
  paymentIntentId: 'pi_1',
  refundKeys: [],
  timeline: [
    { type: 'placed', actor: 'guest', cause: 'req_1' },
    { type: 'confirmed', actor: 'system', cause: 'evt_1' },
  ],
  ...more,
})

/** One product, one order that was paid, nothing wrong. */
const sound = (more: Partial<Snapshot> = {}): Snapshot => ({
  now: 1_000_000,
  initial: { A: 10 },
  unitPrice: 1500,
  stock: [{ sku: 'A', onHand: 8, reserved: 0, available: 8, sold: 2 }],
  reservations: [{ orderId: 'ord_1', status: 'committed', lines: [{ sku: 'A', quantity: 2 }], expiresAt: 900_000 }],
  orders: [order()],
  intents: [{ id: 'pi_1', status: 'succeeded', orderId: 'ord_1', received: 3490, currency: 'eur' }],
  refunds: [],
  mails: [{ to: 'one@vitrine.test', template: 'order-confirmed', cause: 'evt_1/order-confirmed' }],
  acknowledged: [{ orderId: 'ord_1', email: 'one@vitrine.test' }],
  carts: [{ cartId: 'crt_1', sku: 'A', quantity: 2, stored: 2 }],
  impossibleSamples: [],
  earlyReleases: [],
  ...more,
})

const refund = (id: string) => ({ id, intentId: 'pi_1', amount: 3490, status: 'succeeded' })
const [placed, confirmed] = order().timeline
const broken: [invariant: string, build: string, snapshot: Snapshot][] = [
  [
    'I1',
    'reserves without looking at what is there',
    sound({ stock: [{ sku: 'A', onHand: -2, reserved: 0, available: -2, sold: 12 }] }),
  ],
  [
    'I1',
    'sells without taking from the shelf',
    sound({ stock: [{ sku: 'A', onHand: 10, reserved: 0, available: 10, sold: 2 }] }),
  ],
  ['I2', 'forgets to release', sound({ stock: [{ sku: 'A', onHand: 8, reserved: 1, available: 7, sold: 2 }] })],
  ['I2', 'commits twice', sound({ stock: [{ sku: 'A', onHand: 6, reserved: 0, available: 6, sold: 4 }] })],
  [
    'I3',
    'makes a new payment for each try',
    sound({ intents: [...sound().intents, { ...sound().intents[0], id: 'pi_2' } as never] }),
  ],
  ['I4', 'believes the browser', sound({ intents: [] })],
  ['I4', 'does not compare amounts', sound({ intents: [{ ...sound().intents[0], received: 3489 } as never] })],
  [
    'I5',
    'keeps the money of an expired order',
    sound({ orders: [order({ status: 'expired', paymentStatus: 'unpaid' })] }),
  ],
  [
    'I6',
    'releases before it cancels the payment',
    sound({
      reservations: [{ orderId: 'ord_1', status: 'released', lines: [], expiresAt: 1 }],
      intents: [{ id: 'pi_1', status: 'requires_action', orderId: 'ord_1', received: 0, currency: 'eur' }],
    }),
  ],
  ['I6', 'releases before it cancels, for a moment', sound({ earlyReleases: ['ord_1'] })],
  ['I7', 'reads prices again after the order', sound({ orders: [order({ total: 3590 })] })],
  [
    'I8',
    'mails at every webhook',
    sound({ mails: [...sound().mails, { to: 'one@vitrine.test', template: 'order-confirmed', cause: 'evt_2/x' }] }),
  ],
  ['I8', 'never mails', sound({ mails: [] })],
  ['I9', 'confirms twice', sound({ orders: [order({ timeline: [placed, confirmed, confirmed] as never })] })],
  ['I10', 'never sweeps', sound({ reservations: [{ orderId: 'ord_2', status: 'active', lines: [], expiresAt: 1 }] })],
  [
    'I11',
    'refunds at every retry',
    sound({ refunds: [refund('re_1'), refund('re_2')], orders: [order({ refundKeys: ['cancel'] })] }),
  ],
  [
    'I12',
    'revives a cancelled order',
    sound({ orders: [order({ timeline: [placed, { ...placed, type: 'cancelled' }, confirmed] as never })] }),
  ],
  ['I12', 'does not say who', sound({ orders: [order({ timeline: [placed, { ...confirmed, actor: '' }] as never })] })],
  ['I13', 'keeps baskets in memory', sound({ carts: [{ cartId: 'crt_1', sku: 'A', quantity: 2, stored: 1 }] })],
  ['I13', 'acknowledges before it saves', sound({ acknowledged: [{ orderId: 'ord_9', email: 'nine@vitrine.test' }] })],
]

test('a sound shop has no violation', () => expect(violationsOf(sound())).toEqual([]))

test.each(broken)('%s catches a build that %s', (invariant, _build, snapshot) => {
  expect(violationsOf(snapshot).map((violation) => violation.invariant)).toContain(invariant)
})

test('each invariant has been seen to fail', () => {
  expect(new Set(broken.map(([invariant]) => invariant))).toEqual(new Set(Object.keys(INVARIANTS)))
})

test('the same seed plans the same run, another seed another one', () => {
  const size = { checkouts: 200, faults: 60, kinds: FAULTS }
  expect(planOf(7, size)).toEqual(planOf(7, size))
  expect(planOf(8, size)).not.toEqual(planOf(7, size))
})

test('a long enough plan uses every habit, every fault and every failpoint', () => {
  const plan = planOf(1, { checkouts: 500, faults: FAULTS.length + FAILPOINTS.length, kinds: FAULTS })
  expect(new Set(plan.shoppers.map(({ habit }) => habit))).toEqual(new Set(HABITS))
  expect(new Set(plan.faults.map(({ fault }) => fault))).toEqual(new Set(FAULTS))
  expect(plan.faults.map(({ target }) => target)).toEqual(expect.arrayContaining([...FAILPOINTS]))
})

test('the bound is the rule of three', () => expect(upperBound(3000)).toBe(0.001))
