import type { DomainEvent, EventData, EventType } from '@vitrine/contracts/events'
import { toTraceparent } from '@vitrine/contracts/trace'
import type { Redis } from 'ioredis'
import { type ClientSession, type Connection, Schema } from 'mongoose'
import { currentContext } from './context.ts'
import { newId } from './ids.ts'
import { startLeasedLoop } from './lease.ts'
import type { Log } from './log.ts'
import { afterCommit } from './mongo.ts'
import { subscribe } from './redis.ts'
import { reach } from './test.switches.ts'

/** The one stream all services publish to and read from. */
export const EVENT_STREAM = 'events'
/** Old entries are trimmed; consumers that were away longer than this many events are caught up from the outbox by hand. */
const STREAM_LENGTH = 200_000
const BATCH = 200
const KEEP_PUBLISHED_SECONDS = 7 * 86_400

interface OutboxDoc {
  _id: string
  type: string
  occurredAt: Date
  requestId?: string
  traceparent?: string
  data: Record<string, unknown>
  publishedAt: Date | null
}

const schema = new Schema<OutboxDoc>(
  {
    _id: String,
    type: String,
    occurredAt: Date,
    requestId: String,
    traceparent: String,
    data: Schema.Types.Mixed,
    publishedAt: { type: Date, default: null },
  },
  { collection: 'outbox', versionKey: false, minimize: false },
)
schema.index({ publishedAt: 1, occurredAt: 1 })
// For looking up what was told of one order.
schema.index({ 'data.orderId': 1 }, { sparse: true })
schema.index({ publishedAt: 1 }, { name: 'forget_published', expireAfterSeconds: KEEP_PUBLISHED_SECONDS })

export interface OutboxEntry {
  id: string
  type: string
  occurredAt: string
  /** Null until the relay has sent it. */
  publishedAt: string | null
  cause: string | null
}

export interface Outbox {
  /** Writes the event in the caller's transaction; it is published after the commit, at least once. Returns its id. */
  add<T extends EventType>(session: ClientSession, type: T, data: EventData<T>, requestId?: string): Promise<string>
  /** Publishes in order of time, on one replica. Returns `stop`. */
  startRelay(options: { redis: Redis; log: Log; everyMs?: number }): () => Promise<void>
  /** What was told of an order, oldest first, as long as it is kept. */
  listOfOrder(orderId: string): Promise<OutboxEntry[]>
  /** Events not yet published. */
  countPending(): Promise<number>
  /** Age of the oldest of them; 0 when there is none. */
  oldestPendingSeconds(): Promise<number>
}

const toEvent = (doc: OutboxDoc) => ({
  id: doc._id,
  type: doc.type,
  version: 1,
  occurredAt: doc.occurredAt.toISOString(),
  ...(doc.requestId ? { requestId: doc.requestId } : {}),
  ...(doc.traceparent ? { traceparent: doc.traceparent } : {}),
  data: doc.data,
})

/** Past Mongoose, for what is done with every event: there is nothing to cast. */
const rowsOf = (connection: Connection) => connection.collection<OutboxDoc>('outbox')

async function publishPending(rows: ReturnType<typeof rowsOf>, redis: Redis): Promise<void> {
  for (;;) {
    const pending = await rows.find({ publishedAt: null }).sort({ occurredAt: 1 }).limit(BATCH).toArray()
    if (pending.length === 0) return
    const pipeline = redis.pipeline()
    for (const doc of pending)
      pipeline.xadd(EVENT_STREAM, 'MAXLEN', '~', STREAM_LENGTH, '*', 'event', JSON.stringify(toEvent(doc)))
    reach('event-publishing')
    const results = (await pipeline.exec()) ?? []
    reach('event-published')
    const published = pending.filter((_, index) => results[index]?.[0] === null).map((doc) => doc._id)
    await rows.updateMany({ _id: { $in: published } }, { $set: { publishedAt: new Date() } })
    if (published.length < pending.length) throw new Error('Redis did not take every event; trying again.')
    // What was committed since has called for a round of its own.
    if (pending.length < BATCH) return
  }
}

/** The outbox of one service's database. Call before `ensureIndexes`. */
export function createOutbox(connection: Connection): Outbox {
  const model = connection.model<OutboxDoc>('Outbox', schema)
  const rows = rowsOf(connection)
  const channel = `outbox:${connection.name}`
  /** Tells the replica that publishes. Nobody may hear it: the relay also looks by itself. */
  let announce = () => {}
  return {
    async add(session, type, data, requestId) {
      const id = newId('evt')
      const context = currentContext()
      const cause = requestId ?? context?.requestId
      const doc = {
        _id: id,
        type,
        occurredAt: new Date(),
        data,
        publishedAt: null,
        ...(cause ? { requestId: cause } : {}),
        ...(context ? { traceparent: toTraceparent(context.trace) } : {}),
      }
      await rows.insertOne(doc, { session, ignoreUndefined: true })
      afterCommit(session, announce)
      return id
    },
    startRelay({ redis, log, everyMs = 2000 }) {
      announce = () => void redis.publish(channel, '').catch(() => undefined)
      return startLeasedLoop({
        connection,
        name: 'outbox-relay',
        everyMs,
        log,
        run: () => publishPending(rows, redis),
        listen: (wake) => subscribe(redis, channel, log, wake),
      })
    },
    async listOfOrder(orderId) {
      const docs = await model.find({ 'data.orderId': orderId }).sort({ occurredAt: 1 }).limit(200).lean()
      return docs.map(({ _id, type, occurredAt, publishedAt, requestId }) => ({
        id: _id,
        type,
        occurredAt: occurredAt.toISOString(),
        publishedAt: publishedAt?.toISOString() ?? null,
        cause: requestId ?? null,
      }))
    },
    countPending: () => model.countDocuments({ publishedAt: null }),
    async oldestPendingSeconds() {
      const oldest = await model.findOne({ publishedAt: null }, { occurredAt: 1 }).sort({ occurredAt: 1 }).lean()
      return oldest ? Math.max(0, (Date.now() - oldest.occurredAt.getTime()) / 1000) : 0
    },
  }
}

/** Reads an event off the stream; null when it is not one of ours. */
export function parseEvent(text: string | undefined): DomainEvent | null {
  if (!text) return null
  const event: DomainEvent = JSON.parse(text)
  return typeof event.id === 'string' && typeof event.type === 'string' ? event : null
}
