import { expect, test } from 'bun:test'
import { factsOf } from '#app/features/admin-xray/x-ray.ts'

const at = (second: number) => `2026-06-01T12:00:0${second}.000Z`
const order = {
  orderId: 'ord_1',
  number: 'V-1',
  attempts: [{ at: at(0), status: 201, lockedUntil: at(9) }],
  steps: [
    { at: at(1), type: 'placed', actor: 'guest', cause: 'req_1', data: {} },
    { at: at(5), type: 'confirmed', actor: 'system', cause: 'evt_paid', data: {} },
  ],
  events: [{ id: 'evt_confirmed', type: 'order.confirmed', occurredAt: at(5), publishedAt: null, cause: 'evt_paid' }],
  handled: [{ id: 'evt_paid', at: at(5) }],
}
const payment = {
  orderId: 'ord_1',
  payment: null,
  checkedAt: at(9),
  refunds: [],
  webhooks: [
    {
      eventId: 'evt_stripe',
      type: 'payment_intent.succeeded',
      intentId: 'pi_1',
      status: 'done' as const,
      deliveries: 3,
      attempts: 1,
      receivedAt: at(3),
      lastDeliveredAt: at(4),
      doneAt: at(4),
      problem: null,
    },
  ],
  breaks: [],
  events: [{ id: 'evt_paid', type: 'payment.succeeded', occurredAt: at(4), publishedAt: at(4), cause: null }],
}

test('the facts of all services stand in the order in which they happened, with their ids', () => {
  expect(factsOf(order, payment, []).map(({ text, ids }) => [text, ...ids])).toEqual([
    ['checkout asked for'],
    ['placed', 'req_1'],
    ['webhook payment_intent.succeeded', 'evt_stripe'],
    ['payment.succeeded told', 'evt_paid'],
    ['confirmed', 'evt_paid'],
    ['order.confirmed told', 'evt_confirmed', 'evt_paid'],
  ])
})

test('repeats, delays and what is stuck are told', () => {
  const [, , webhook, told, , stuck] = factsOf(order, payment, [])
  expect(webhook?.note).toBe('delivered 3 ×, worked on 1 ×, done after 1000 ms')
  expect(told?.note).toBe('sent after 0 ms, taken over by orders after 1000 ms')
  expect(stuck).toMatchObject({ note: 'not sent yet', isTrouble: true })
})
