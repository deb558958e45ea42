import type { DomainEvent } from '@vitrine/contracts/events'
import type { ParkedEvent } from '@vitrine/contracts/system'
import type { Redis } from 'ioredis'
import { parkedStream } from './consumer.ts'
import { newId } from './ids.ts'
import { EVENT_STREAM, type Outbox, parseEvent } from './outbox.ts'
import { type StaffHand, staffActed } from './staff-act.ts'

const MOST_COUNTED = 1000
const MOST_LISTED = 100

/** How one consumer group stands with the event stream. */
export interface EventQueue {
  /** Events published and not yet read; counted to 1,000. */
  countUnread(): Promise<number>
  /** Read and not yet done. */
  countPending(): Promise<number>
  countParked(): Promise<number>
  /** Given up after too many tries, oldest first; at most 100. */
  listParked(): Promise<ParkedEvent[]>
  /**
   * Publishes a parked event again, and beside it, for the audit log, whose hand that was. Services that had the event
   * drop the repeat by its id. Null when it is not parked.
   */
  retryParked(id: string, hand: StaffHand | null): Promise<ParkedEvent | null>
}

/** What a service tells of its queues; absent where it has none. */
export interface Queues {
  outbox?: Pick<Outbox, 'countPending' | 'oldestPendingSeconds'>
  events?: EventQueue
}

const fieldsOf = (flat: unknown[]): Map<string, unknown> =>
  new Map(flat.flatMap((key, index) => (index % 2 === 0 ? [[String(key), flat[index + 1]]] : [])))

function toParked(id: string, flat: string[]): ParkedEvent | null {
  const fields = fieldsOf(flat)
  const event = parseEvent(String(fields.get('event') ?? ''))
  if (!event) return null
  const reason = fields.get('reason')
  return {
    id,
    eventId: event.id,
    type: event.type,
    occurredAt: event.occurredAt,
    ...(event.requestId ? { requestId: event.requestId } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
  }
}

/** Told past the outbox: what happened is in Redis alone, and some services have no other store. */
const retryTold = (hand: StaffHand, group: string, { eventId, type }: ParkedEvent): DomainEvent<'staff.acted'> => ({
  id: newId('evt'),
  type: 'staff.acted',
  version: 1,
  occurredAt: new Date().toISOString(),
  requestId: hand.requestId,
  data: staffActed(hand, { action: 'event.retried', target: eventId, before: null, after: { service: group, type } }),
})

/** The queue of one consumer group, by commands of Redis 6.2. */
export function redisEventQueue(redis: Redis, group: string): EventQueue {
  const parked = parkedStream(group)

  async function groupFields(): Promise<Map<string, unknown> | undefined> {
    // XINFO GROUPS replies a flat list of names and values for each group; before the first event there is no stream.
    const groups = (await redis.xinfo('GROUPS', EVENT_STREAM).catch(() => [])) as unknown[][]
    return groups.map(fieldsOf).find((fields) => fields.get('name') === group)
  }

  return {
    async countUnread() {
      const last = (await groupFields())?.get('last-delivered-id')
      if (typeof last !== 'string') return 0
      return (await redis.xrange(EVENT_STREAM, `(${last}`, '+', 'COUNT', MOST_COUNTED)).length
    },
    countPending: async () => Number((await groupFields())?.get('pending') ?? 0),
    countParked: () => redis.xlen(parked),
    async listParked() {
      const entries = await redis.xrange(parked, '-', '+', 'COUNT', MOST_LISTED)
      return entries.flatMap(([id, fields]) => toParked(id, fields) ?? [])
    },
    async retryParked(id, hand) {
      const [entry] = await redis.xrange(parked, id, id)
      const known = entry && toParked(entry[0], entry[1])
      const text = entry && fieldsOf(entry[1]).get('event')
      if (!known || typeof text !== 'string') return null
      const again = redis.multi().xadd(EVENT_STREAM, '*', 'event', text).xdel(parked, id)
      if (hand) again.xadd(EVENT_STREAM, '*', 'event', JSON.stringify(retryTold(hand, group, known)))
      await again.exec()
      return known
    },
  }
}
