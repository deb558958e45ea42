import { expect, test } from 'bun:test'
import { attemptsPerMinute, delayAfter } from './throttle.rules.ts'

test('the first failures cost nothing, then the wait doubles from 1 s to 15 min', () => {
  expect([0, 1, 4, 5, 6, 7, 14, 15, 100].map(delayAfter)).toEqual([0, 0, 0, 1, 2, 4, 512, 900, 900])
})

test('private addresses have room, others do not', () => {
  for (const near of ['127.0.0.1', '::1', '10.1.2.3', '172.18.0.4', '192.168.1.1', '::ffff:127.0.0.1', 'fd00::1', ''])
    expect(attemptsPerMinute('auto', near)).toBe(6000)
  for (const far of ['8.8.8.8', '172.32.0.1', '2001:db8::1', '110.0.0.1'])
    expect(attemptsPerMinute('auto', far)).toBe(20)
  expect(attemptsPerMinute('strict', '127.0.0.1')).toBe(20)
  expect(attemptsPerMinute('off', '8.8.8.8')).toBeNull()
})
