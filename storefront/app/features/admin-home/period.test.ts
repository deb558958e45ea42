import { expect, test } from 'bun:test'
import { everyDay, percentChange, periodOf } from '#app/features/admin-home/period.ts'

const now = new Date('2026-11-21T15:00:00Z')

test('seven days end with today, and seven more stand before them', () => {
  expect(periodOf('7', now)).toEqual({ days: 7, from: '2026-11-15', to: '2026-11-22', previousFrom: '2026-11-08' })
})

test('an unknown range is thirty days', () => {
  expect(periodOf('nonsense', now).days).toBe(30)
})

test('days without sales are there with nothing', () => {
  const days = everyDay(periodOf('7', now), [{ day: '2026-11-16', orders: 2 }], (day) => ({ day, orders: 0 }))
  expect(days.map(({ orders }) => orders)).toEqual([0, 2, 0, 0, 0, 0, 0])
})

test('a change against nothing is no number', () => {
  expect(percentChange(5, 0)).toBeNull()
  expect(percentChange(150, 100)).toBe(50)
})
