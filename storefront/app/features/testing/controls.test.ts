import { expect, test } from 'bun:test'
import { commandOf } from '#app/features/testing/controls.ts'

const form = (values: Record<string, string | undefined>) => {
  const data = new FormData()
  for (const [name, value] of Object.entries(values)) if (value !== undefined) data.set(name, value)
  return data
}

test('the webhook form becomes what the sandbox understands', () => {
  const values = { control: 'webhooks', drop: 'on', duplicate: '3', delaySeconds: '2', spoiled: 'stale' }
  expect(commandOf(form(values))?.body).toEqual({
    drop: true,
    shuffle: false,
    duplicate: 3,
    delayMs: 2000,
    failWith: 'stale',
  })
  expect(commandOf(form({ control: 'webhooks' }))?.body).toMatchObject({ drop: false, duplicate: 1, failWith: null })
})

test('a fault is counted and meets calls to Stripe alone', () => {
  expect(commandOf(form({ control: 'faults', fault: 'lost', times: '2' }))?.body).toEqual({
    path: '/v1/',
    times: 2,
    dropReply: true,
  })
})

test('a switch names a known part, how it is ill and for how long; off needs the part alone', () => {
  const values = { control: 'switches', part: 'payments', kind: 'slow', seconds: '120' }
  expect(commandOf(form(values))?.body).toEqual({ part: 'payments', kind: 'slow', seconds: 120 })
  expect(commandOf(form({ control: 'switches', part: 'all', kind: 'off' }))?.body).toEqual({ part: 'all', kind: 'off' })
})

test.each([
  { control: 'switches', part: 'auth', kind: 'slow', seconds: '60' },
  { control: 'switches', part: 'catalog', kind: 'slow', seconds: '86400' },
  { control: 'webhooks', duplicate: '0' },
  { control: 'webhooks', delaySeconds: '1.5' },
  { control: 'webhooks', spoiled: 'nonsense' },
  { control: 'faults', fault: 'toString' },
  { control: 'clock', advance: '999999999' },
  { control: 'resend', event: '../reset' },
  { control: 'roll' },
  { control: 'shop-reset' },
  {},
])('%p is no command', (values) => expect(commandOf(form(values))).toBeNull())
