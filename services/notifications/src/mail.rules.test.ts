import { expect, test } from 'bun:test'
import { delaySeconds, MAX_ATTEMPTS, messageIdOf, outcomeOf, statusAfter } from './mail.rules.ts'

test('tries wait twice as long each time, 15 minutes at most', () => {
  expect([1, 2, 3, 4].map(delaySeconds)).toEqual([5, 10, 20, 40])
  expect(delaySeconds(30)).toBe(900)
})

test('a message the server could not be reached for waits, and is parked in the end', () => {
  const unreachable = { outcome: 'unreachable', reason: 'timeout' } as const
  expect(statusAfter(unreachable, 1)).toBe('queued')
  expect(statusAfter(unreachable, MAX_ATTEMPTS)).toBe('parked')
})

test('an answer for good fails the message at once', () => {
  expect(statusAfter({ outcome: outcomeOf(550), reason: 'no such mailbox' }, 1)).toBe('failed')
  expect(outcomeOf(451)).toBe('unreachable')
  expect(outcomeOf(undefined)).toBe('unreachable')
})

test('the message id follows from the cause, and a resend has its own', () => {
  expect(messageIdOf('evt_1/order-confirmed', 0)).toBe('<evt_1.order-confirmed@vitrine.mail>')
  expect(messageIdOf('evt_1/order-confirmed', 1)).not.toBe(messageIdOf('evt_1/order-confirmed', 0))
  expect(messageIdOf('a>\r\nBcc: x', 0)).toBe('<a...Bcc..x@vitrine.mail>')
})
