import { expect, test } from 'bun:test'
import { medianWithInterval, quietRounds } from './statistics.ts'

test('the interval of equal rounds is the round itself', () => {
  expect(medianWithInterval([4, 4, 4])).toEqual({ low: 4, middle: 4, high: 4 })
})

test('the interval holds the median and is the same for the same rounds', () => {
  const rounds = [3, 9, 4, 5, 8]
  const { low, middle, high } = medianWithInterval(rounds)
  expect(middle).toBe(5)
  expect(low).toBeLessThanOrEqual(5)
  expect(high).toBeGreaterThanOrEqual(5)
  expect(medianWithInterval(rounds)).toEqual({ low, middle, high })
})

test('rounds in which the ceiling fell by more than a quarter are left out', () => {
  expect(quietRounds([100, 60, 95, 130, 110])).toEqual([0, 2, 4])
})
