import { expect, test } from 'bun:test'
import { PromotionInput, PromotionPatch } from '@vitrine/contracts/promotions'
import { toPatch, toPromotion, valuesOf } from '#app/features/admin-promotions/promotion-form.ts'
import { stateOf } from '#app/features/admin-promotions/promotion-words.ts'

const promotion = {
  id: 'promo_1',
  code: 'SPRING',
  type: 'fixed' as const,
  value: 550,
  minimum: { amount: 2000, currency: 'EUR' as const },
  startsAt: '2026-06-30T22:00:00.000Z',
  endsAt: '2026-12-31T23:00:00.000Z',
  usageLimit: 3,
  scope: { skus: ['A', 'B'], categories: ['home'] },
  usedCount: 0,
  createdAt: '2026-01-01T00:00:00.000Z',
}

test('a promotion survives its form, in the shop’s own time of summer and winter', () => {
  const values = valuesOf(promotion, [])
  expect(values).toMatchObject({ amount: '5.50', startsAt: '2026-07-01T00:00', endsAt: '2027-01-01T00:00' })
  const { id: _id, usedCount: _used, createdAt: _at, ...rest } = promotion
  expect(PromotionInput.parse(toPromotion(values, ['home'], []))).toEqual(rest)
})

test('what is emptied in the form is taken away', () => {
  const patch = PromotionPatch.parse(toPatch(toPromotion({ code: 'SPRING', type: 'percent', percent: '10' }, [], [])))
  expect(patch).toMatchObject({ value: 10, minimum: null, usageLimit: null, scope: null, endsAt: null })
})

test('a promotion is planned, running, used up or ended', () => {
  const at = (now: string, values = {}) => stateOf({ ...promotion, ...values }, now)
  expect(at('2026-06-01T00:00:00.000Z')).toBe('planned')
  expect(at('2026-08-01T00:00:00.000Z')).toBe('running')
  expect(at('2026-08-01T00:00:00.000Z', { usedCount: 3 })).toBe('used_up')
  expect(at('2027-08-01T00:00:00.000Z')).toBe('ended')
})
