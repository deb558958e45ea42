import { type DomainEvent, EVENT_DATA, type EventType } from '@vitrine/contracts/events'
import { parseTraceparent } from '@vitrine/contracts/trace'
import type { Redis } from 'ioredis'
import type { ClientSession } from 'mongoose'
import { runInContext } from './context.ts'
import { newId } from './ids.ts'
import type { Log } from './log.ts'
import { EVENT_STREAM, parseEvent } from './outbox.ts'
import { connectBlockingRedis } from './redis.ts'
import { stepBelow } from './steps.ts'
import { reach } from './test.switches.ts'
import { record } from './tracing.ts'

/** Handlers by event name. With a Mongo inbox the session carries the transaction of the inbox row. */
export type EventHandlers = { [K in EventType]?: (event: DomainEvent<K>, session: ClientSession) => Promise<void> }

export interface ConsumerOptions {
  redisUrl: string
  /** The consumer group: one a service. */
  group: string
  handlers: EventHandlers
  inbox: { once(eventId: string, effect: (session: ClientSession) => Promise<void>): Promise<boolean> }
  log: Log
}

const MAX_ATTEMPTS = 10
const RETRY_AFTER_MS = 2000
/** How often it is looked whether something waits to be tried again. */
const LOOK_EVERY_MS = 1000
/** Where events go that failed `MAX_ATTEMPTS` times; kept until somebody looks. */
export const parkedStream = (group: string) => `events:parked:${group}`

type Entry = [id: string, fields: string[]]

/**
 * Reads the event stream as one member of a group. Each event takes effect once (inbox), a failing one is tried
 * again after 2 s without holding up the others and is parked after 10 attempts. Returns `stop`.
 */
export function startConsumer({ redisUrl, group, handlers, inbox, log }: ConsumerOptions): () => Promise<void> {
  const redis = connectBlockingRedis(redisUrl, log)
  const member = newId('member')
  /** Why the events that failed here did so, for whoever looks at a parked one. */
  const reasons = new Map<string, string>()
  let isStopping = false
  let lookAgainAt = 0

  /** The entry's event, where this service has something to do about it. */
  function oursIn(entry: Entry): DomainEvent | null {
    const event = parseEvent(entry[1][1])
    return event && handlers[event.type] ? event : null
  }

  function isForOthers(entry: Entry): boolean {
    try {
      return oursIn(entry) === null
    } catch {
      // Not even readable: it goes the way of those that fail.
      return false
    }
  }

  async function handle(entry: Entry): Promise<void> {
    const event = oursIn(entry)
    if (event) {
      const checked = { ...event, data: EVENT_DATA[event.type].parse(event.data) }
      // The handler was looked up by this event's own type, a link TypeScript does not follow through the table.
      const run = handlers[event.type] as (event: DomainEvent, session: ClientSession) => Promise<void>
      await traced(checked as DomainEvent, () =>
        inbox.once(event.id, (session) => run(checked as DomainEvent, session)),
      )
      reach('event-handled')
    }
    await redis.xack(EVENT_STREAM, group, entry[0])
  }

  async function handleSafely(entry: Entry): Promise<void> {
    try {
      await handle(entry)
      reasons.delete(entry[0])
    } catch (error) {
      reasons.set(entry[0], error instanceof Error ? error.message.slice(0, 200) : 'unknown')
      log.warn({ err: error, entry: entry[0], group }, 'event failed; it will be tried again')
    }
  }

  async function retryPending(): Promise<void> {
    if (performance.now() < lookAgainAt) return
    lookAgainAt = performance.now() + LOOK_EVERY_MS
    // ioredis types a reply by command, not by arguments; XPENDING with a range yields these tuples.
    const pending = (await redis.xpending(EVENT_STREAM, group, 'IDLE', RETRY_AFTER_MS, '-', '+', 50)) as [
      string,
      string,
      number,
      number,
    ][]
    for (const [id, , , attempts] of pending) {
      const claimed = (await redis.xclaim(EVENT_STREAM, group, member, RETRY_AFTER_MS, id)) as Entry[]
      const entry = claimed[0]
      if (!entry) continue
      if (attempts >= MAX_ATTEMPTS) await park({ redis, group, entry, reason: reasons.get(id), log })
      else await handleSafely(entry)
    }
  }

  async function readNew(): Promise<void> {
    // XREADGROUP's reply: one stream with its entries, or null after the block time.
    const reply = (await redis.xreadgroup(
      'GROUP',
      group,
      member,
      'COUNT',
      50,
      'BLOCK',
      1000,
      'STREAMS',
      EVENT_STREAM,
      '>',
    )) as [string, Entry[]][] | null
    const entries = reply?.[0]?.[1] ?? []
    const others = entries.filter(isForOthers)
    if (others.length > 0) await redis.xack(EVENT_STREAM, group, ...others.map(([id]) => id))
    for (const entry of entries) if (!others.includes(entry)) await handleSafely(entry)
  }

  async function loop(): Promise<void> {
    let hasGroup = false
    while (!isStopping) {
      try {
        if (!hasGroup) await createGroup(redis, group)
        hasGroup = true
        await retryPending()
        await readNew()
      } catch (error) {
        if (isStopping) return
        // A store that lost its data has no group any more; it is made again.
        hasGroup = false
        log.warn({ err: error instanceof Error ? error.message : error, group }, 'consumer waits for redis')
        await Bun.sleep(500)
      }
    }
  }

  const done = loop()
  return async () => {
    isStopping = true
    await done
    redis.disconnect()
  }
}

async function createGroup(redis: Redis, group: string): Promise<void> {
  try {
    await redis.xgroup('CREATE', EVENT_STREAM, group, '0', 'MKSTREAM')
  } catch (error) {
    if (!(error instanceof Error && error.message.startsWith('BUSYGROUP'))) throw error
  }
}

interface Parking {
  redis: Redis
  group: string
  entry: Entry
  reason: string | undefined
  log: Log
}

async function park({ redis, group, entry, reason, log }: Parking): Promise<void> {
  await redis.xadd(parkedStream(group), '*', ...entry[1], ...(reason ? ['reason', reason] : []))
  await redis.xack(EVENT_STREAM, group, entry[0])
  log.error({ entry: entry[0], group, reason }, 'event parked after too many attempts')
}

/** Runs a handler as a step of the trace that caused its event, so that its log lines, calls and events belong to it. */
async function traced<T>(event: DomainEvent, work: () => Promise<T>): Promise<T> {
  const trace = stepBelow(parseTraceparent(event.traceparent))
  const startMs = Date.now()
  let isError = true
  try {
    const result = await runInContext({ requestId: event.requestId ?? event.id, trace }, work)
    isError = false
    return result
  } finally {
    record(trace, () => ({
      name: event.type,
      kind: 'consumer',
      startMs,
      endMs: Date.now(),
      isError,
      attributes: { 'messaging.message.id': event.id, 'messaging.destination.name': EVENT_STREAM },
    }))
  }
}
