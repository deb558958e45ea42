import { isDuplicateKey, withTransaction } from '@vitrine/kernel/mongo'
import { type ClientSession, type Connection, Schema } from 'mongoose'
import type { DeliveryRepository } from './deliveries.repository.ts'
import { randomId } from './keys.ts'
import type { Change, ListQuery, ObjectRepository, Stored, StripeObject } from './objects.repository.ts'

export const API_VERSION = '2026-10-28.endive'

interface ObjectDoc {
  _id: string
  account: string
  kind: string
  seq: number
  version: number
  body: StripeObject
  hidden: Record<string, unknown>
}

const ObjectSchema = new Schema<ObjectDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    kind: { type: String, required: true },
    seq: { type: Number, required: true },
    version: { type: Number, required: true },
    body: { type: Schema.Types.Mixed, required: true },
    hidden: { type: Schema.Types.Mixed, default: {} },
  },
  { minimize: false, versionKey: false },
)
ObjectSchema.index({ account: 1, kind: 1, seq: -1 })
ObjectSchema.index({ account: 1, 'body.payment_intent': 1 })
ObjectSchema.index({ 'hidden.challenge.attempt': 1 }, { sparse: true })

let lastSeq = 0
/** Strictly rising, so that a list has one order even within a millisecond. */
function nextSeq(): number {
  lastSeq = Math.max(lastSeq + 1, Date.now() * 1000)
  return lastSeq
}

const toStored = (doc: ObjectDoc): Stored => ({
  account: doc.account,
  object: doc.body,
  hidden: doc.hidden ?? {},
  version: doc.version,
})

const STALE = new Error('changed by somebody else')

export function mongoObjectRepository(
  connection: Connection,
  deliveries: DeliveryRepository,
  now: () => Date,
): ObjectRepository {
  const Objects = connection.model<ObjectDoc>('Object', ObjectSchema, 'objects')

  const toDoc = (account: string, object: StripeObject, hidden: Record<string, unknown> = {}): ObjectDoc => ({
    _id: object.id,
    account,
    kind: object.object,
    seq: nextSeq(),
    version: 1,
    body: object,
    hidden,
  })

  async function saveEvents(change: Change, session: ClientSession) {
    if (!change.events?.length) return
    const endpoints = await Objects.find({ account: change.account, kind: 'webhook_endpoint' }, null, {
      session,
    }).lean()
    for (const draft of change.events) {
      const listening = endpoints.filter(({ body }) => isListening(body, draft.type))
      const event = toEvent(draft, change, now(), listening.length)
      await Objects.create([toDoc(change.account, event)], { session })
      for (const endpoint of listening) {
        await deliveries.enqueue({ account: change.account, eventId: event.id, endpointId: endpoint._id }, session)
      }
    }
  }

  async function apply(change: Change, session: ClientSession) {
    for (const { account, object, hidden, version } of change.update ?? []) {
      const saved = await Objects.updateOne(
        { _id: object.id, account, version },
        { $set: { body: object, hidden, version: version + 1 } },
        { session },
      )
      if (saved.matchedCount === 0) throw STALE
    }
    for (const { object, hidden } of change.create ?? []) {
      await Objects.create([toDoc(change.account, object, hidden)], { session })
    }
    await saveEvents(change, session)
  }

  return {
    async find(account, id) {
      const doc = await Objects.findOne({ _id: id, account }).lean<ObjectDoc>()
      return doc ? toStored(doc) : null
    },
    async findByChallenge(attempt) {
      const doc = await Objects.findOne({ 'hidden.challenge.attempt': attempt }).lean<ObjectDoc>()
      return doc ? toStored(doc) : null
    },
    async list(account, { kind, limit, startingAfter, endingBefore, where = {} }: ListQuery) {
      const edge = startingAfter ?? endingBefore
      const from = edge ? await Objects.findOne({ _id: edge, account }, { seq: 1 }).lean<ObjectDoc>() : null
      const seq = from ? { seq: endingBefore ? { $gt: from.seq } : { $lt: from.seq } } : {}
      const docs = await Objects.find({ account, kind, ...seq, ...where })
        .sort({ seq: endingBefore ? 1 : -1 })
        .limit(limit + 1)
        .lean<ObjectDoc[]>()
      const items = docs.slice(0, limit).map(({ body }) => body)
      return { items: endingBefore ? items.reverse() : items, hasMore: docs.length > limit }
    },
    async commit(change) {
      try {
        await withTransaction(connection, (session) => apply(change, session))
        return 'done'
      } catch (error) {
        if (error === STALE || isDuplicateKey(error)) return 'stale'
        throw error
      }
    },
    async remove(account, id) {
      return (await Objects.deleteOne({ _id: id, account })).deletedCount === 1
    },
  }
}

function isListening(endpoint: StripeObject, type: string): boolean {
  const types = Array.isArray(endpoint.enabled_events) ? endpoint.enabled_events : []
  return endpoint.status === 'enabled' && (types.includes('*') || types.includes(type))
}

const toEvent = (
  { type, object }: { type: string; object: StripeObject },
  change: Change,
  at: Date,
  pending: number,
) => ({
  id: randomId('evt'),
  object: 'event',
  api_version: API_VERSION,
  created: Math.floor(at.getTime() / 1000),
  data: { object },
  livemode: false,
  pending_webhooks: pending,
  request: { id: change.request?.id ?? null, idempotency_key: change.request?.idempotencyKey ?? null },
  type,
})
