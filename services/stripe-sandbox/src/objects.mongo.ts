import { isDuplicateKey, withTransaction } from '@vitrine/kernel/mongo'
import { type ClientSession, type Connection, Schema } from 'mongoose'
import type { Enqueue } from './deliveries.mongo.ts'
import { isListening, toEvent } from './event.rules.ts'
import { randomId } from './keys.ts'
import type { BalanceTotals, Change, ListQuery, ObjectRepository, Stored, StripeObject } from './objects.repository.ts'
import type { StorageDeps } from './storage.ts'

interface ObjectDoc {
  _id: string
  account: string
  kind: string
  seq: number
  version: number
  body: StripeObject
  hidden: Record<string, unknown>
  laterAt?: Date | null
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
    laterAt: { type: Date },
  },
  { minimize: false, versionKey: false },
)
ObjectSchema.index({ account: 1, kind: 1, seq: -1 })
ObjectSchema.index({ account: 1, 'body.payment_intent': 1 })
ObjectSchema.index({ 'hidden.challenge.attempt': 1 }, { sparse: true })
ObjectSchema.index({ laterAt: 1 }, { sparse: true })

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

const toDoc = (account: string, object: StripeObject, hidden: Record<string, unknown> = {}): ObjectDoc => ({
  _id: object.id,
  account,
  kind: object.object,
  seq: nextSeq(),
  version: 1,
  body: object,
  hidden,
})

const STALE = new Error('changed by somebody else')

function filterOf({ equal = {}, types, created = {}, hasPendingWebhooks }: ListQuery): Record<string, unknown> {
  const bounds = Object.entries(created).map(([name, value]) => [`$${name}`, value])
  return {
    ...Object.fromEntries(Object.entries(equal).map(([field, value]) => [`body.${field}`, value])),
    ...(types ? { 'body.type': { $in: types } } : {}),
    ...(bounds.length > 0 ? { 'body.created': Object.fromEntries(bounds) } : {}),
    ...(hasPendingWebhooks === undefined ? {} : { 'body.pending_webhooks': hasPendingWebhooks ? { $gt: 0 } : 0 }),
  }
}

export function mongoObjectRepository(
  connection: Connection,
  enqueue: Enqueue,
  { now, onWork }: StorageDeps,
): ObjectRepository {
  const Objects = connection.model<ObjectDoc>('Object', ObjectSchema, 'objects')

  async function saveEvents(change: Change, session: ClientSession) {
    if (!change.events?.length) return
    const { account } = change
    const endpoints = await Objects.find({ account, kind: 'webhook_endpoint' }, null, { session }).lean()
    for (const draft of change.events) {
      const listening = endpoints.filter(({ body }) => isListening(body, draft.type))
      const event = toEvent(randomId('evt'), draft, change.request, now(), listening.length)
      await Objects.create([toDoc(account, event)], { session })
      for (const { _id } of listening) {
        await enqueue({ account, eventId: event.id, endpointId: _id, at: now() }, session)
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
    for (const { id, at } of change.later ?? []) {
      const step = at ? { $set: { laterAt: at } } : { $unset: { laterAt: 1 } }
      await Objects.updateOne({ _id: id, account: change.account }, step, { session })
    }
    await saveEvents(change, session)
  }

  return {
    async find(account, id) {
      const doc = await Objects.findOne({ _id: id, account }).lean<ObjectDoc>()
      return doc ? toStored(doc) : null
    },
    async accountOf(id) {
      return (await Objects.findById(id, { account: 1 }).lean<ObjectDoc>())?.account ?? null
    },
    async findByChallenge(attempt) {
      const doc = await Objects.findOne({ 'hidden.challenge.attempt': attempt }).lean<ObjectDoc>()
      return doc ? toStored(doc) : null
    },
    async list(account, query) {
      const { kind, limit, startingAfter, endingBefore } = query
      const edge = startingAfter ?? endingBefore
      const from = edge ? await Objects.findOne({ _id: edge, account }, { seq: 1 }).lean<ObjectDoc>() : null
      const seq = from ? { seq: endingBefore ? { $gt: from.seq } : { $lt: from.seq } } : {}
      const docs = await Objects.find({ account, kind, ...seq, ...filterOf(query) })
        .sort({ seq: endingBefore ? 1 : -1 })
        .limit(limit + 1)
        .lean<ObjectDoc[]>()
      const items = docs.slice(0, limit).map(({ body }) => body)
      return { items: endingBefore ? items.reverse() : items, hasMore: docs.length > limit }
    },
    async balance(account, at) {
      const sum = (sign: '$lte' | '$gt') => ({
        $sum: { $cond: [{ [sign]: ['$body.available_on', at] }, '$body.net', 0] },
      })
      return Objects.aggregate<BalanceTotals>([
        { $match: { account, kind: 'balance_transaction' } },
        { $group: { _id: '$body.currency', available: sum('$lte'), pending: sum('$gt') } },
        { $sort: { _id: 1 } },
        { $project: { _id: 0, currency: '$_id', available: 1, pending: 1 } },
      ])
    },
    async commit(change) {
      try {
        await withTransaction(connection, (session) => apply(change, session))
      } catch (error) {
        if (error === STALE || isDuplicateKey(error)) return 'stale'
        throw error
      }
      if (change.events?.length || change.later?.length) onWork()
      return 'done'
    },
    async remove(account, id) {
      return (await Objects.deleteOne({ _id: id, account })).deletedCount === 1
    },
    async claimLater(at, leaseUntil) {
      const doc = await Objects.findOneAndUpdate(
        { laterAt: { $lte: at } },
        { $set: { laterAt: leaseUntil } },
        { sort: { laterAt: 1 }, returnDocument: 'after' },
      ).lean<ObjectDoc>()
      return doc ? toStored(doc) : null
    },
    async nextLaterAt() {
      const doc = await Objects.findOne({ laterAt: { $type: 'date' } }, { laterAt: 1 })
        .sort({ laterAt: 1 })
        .lean<ObjectDoc>()
      return doc?.laterAt ?? null
    },
  }
}
