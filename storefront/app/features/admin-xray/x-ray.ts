import type { MessageSummary } from '@vitrine/contracts/notifications'
import type { TimelineEntry } from '@vitrine/contracts/orders'
import type { OrderTrace, PaymentTrace, ReceivedWebhook, TracedEvent } from '@vitrine/contracts/traces'

export type Source = 'orders' | 'payment' | 'stripe' | 'events' | 'reconciliation' | 'notifications'

/** One fact that a service recorded, and the ids by which it can be found in the logs. */
export interface Fact {
  at: string
  source: Source
  text: string
  ids: string[]
  /** How often it was tried, answered or repeated; what is unusual about it. */
  note: string
  isTrouble: boolean
}

const fact = (at: string, source: Source, text: string, rest: Partial<Fact> = {}): Fact => ({
  at,
  source,
  text,
  ids: [],
  note: '',
  isTrouble: false,
  ...rest,
})

const words = (name: string): string => name.replaceAll('_', ' ')
const msBetween = (from: string, to: string): number => Date.parse(to) - Date.parse(from)

const TROUBLE = ['payment_failed', 'paid_too_late', 'amount_mismatch', 'cancel_failed', 'refund_failed']

const stepFact = ({ at, type, actor, cause, data }: TimelineEntry): Fact =>
  fact(at, 'orders', words(type), {
    ids: cause ? [cause] : [],
    note: [actor, typeof data.code === 'string' ? words(data.code) : ''].filter(Boolean).join(', '),
    isTrouble: TROUBLE.includes(type),
  })

function eventFact(event: TracedEvent, handled: Map<string, string>): Fact {
  const { id, type, occurredAt, publishedAt, cause } = event
  const seenAt = handled.get(id)
  const notes = [
    publishedAt ? `sent after ${msBetween(occurredAt, publishedAt)} ms` : 'not sent yet',
    ...(seenAt ? [`taken over by orders after ${msBetween(occurredAt, seenAt)} ms`] : []),
  ]
  return fact(occurredAt, 'events', `${type} told`, {
    ids: [id, ...(cause ? [cause] : [])],
    note: notes.join(', '),
    isTrouble: publishedAt === null,
  })
}

function webhookFact(webhook: ReceivedWebhook): Fact {
  const { eventId, type, status, deliveries, attempts, receivedAt, doneAt, problem } = webhook
  const notes = [
    `delivered ${deliveries} ×`,
    `worked on ${attempts} ×`,
    status === 'done' && doneAt ? `done after ${msBetween(receivedAt, doneAt)} ms` : words(status),
    ...(problem ? [words(problem)] : []),
  ]
  return fact(receivedAt, 'stripe', `webhook ${type}`, {
    ids: [eventId],
    note: notes.join(', '),
    isTrouble: status === 'parked' || problem !== null,
  })
}

function paymentFacts({ payment, refunds, breaks, webhooks, checkedAt }: PaymentTrace): Fact[] {
  return [
    ...(payment
      ? [fact(payment.createdAt, 'payment', 'intent made', { ids: [payment.intentId], note: words(payment.status) })]
      : []),
    ...(payment && checkedAt !== payment.createdAt
      ? [fact(checkedAt, 'reconciliation', 'asked Stripe how the intent stands', { ids: [payment.intentId] })]
      : []),
    ...refunds.map(({ refundId, key, status, createdAt }) =>
      fact(createdAt, 'payment', `refund ${status}`, {
        ids: [refundId, ...(key ? [key] : [])],
        isTrouble: status === 'failed',
      }),
    ),
    ...breaks.map(({ id, kind, note, foundAt }) =>
      fact(foundAt, 'reconciliation', words(kind), { ids: [id], note, isTrouble: true }),
    ),
    ...webhooks.map(webhookFact),
  ]
}

const messageFact = ({ id, template, status, attempts, createdAt, lastError }: MessageSummary): Fact =>
  fact(createdAt, 'notifications', `mail ${words(template.replaceAll('-', ' '))}`, {
    ids: [id],
    note: `${words(status)}, tried ${attempts} ×`,
    isTrouble: Boolean(lastError),
  })

function retryFact({ retry, steps }: OrderTrace): Fact[] {
  const last = steps.at(-1)
  if (!retry || !last) return []
  const note = `failed ${retry.tries} × in a row, next try ${retry.nextAt}`
  return [fact(last.at, 'orders', 'waits for another try', { note, isTrouble: true })]
}

/** Everything the services recorded of one order, in the order in which it happened. */
export function factsOf(order: OrderTrace, payment: PaymentTrace | null, messages: MessageSummary[]): Fact[] {
  const handled = new Map(order.handled.map(({ id, at }) => [id, at]))
  const attempts = order.attempts.map(({ at, status }) =>
    fact(at, 'orders', 'checkout asked for', {
      note: status ? `answered ${status}` : 'still open',
      isTrouble: !status,
    }),
  )
  const all = [
    ...attempts,
    ...order.steps.map(stepFact),
    ...[...order.events, ...(payment?.events ?? [])].map((event) => eventFact(event, handled)),
    ...(payment ? paymentFacts(payment) : []),
    ...messages.map(messageFact),
    ...retryFact(order),
  ]
  return all.sort((one, other) => one.at.localeCompare(other.at))
}
