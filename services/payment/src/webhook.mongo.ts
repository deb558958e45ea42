import type { ReceivedWebhook } from '@vitrine/contracts/traces'
import { isDuplicateKey, withTransaction } from '@vitrine/kernel/mongo'
import type { Outbox } from '@vitrine/kernel/outbox'
import { keepStaffAct } from '@vitrine/kernel/staff-act'
import { type Connection, Schema } from 'mongoose'
import type { Endpoint, WebhookRepository } from './webhook.repository.ts'

interface EventDoc {
  _id: string
  type: string
  intentId: string | null
  digest: string
  status: 'new' | 'done' | 'parked'
  attempts: number
  nextAt: Date
  receivedAt: Date
  deliveries: number
  lastDeliveredAt: Date
  doneAt: Date | null
  problem: string | null
}

const EventSchema = new Schema<EventDoc>(
  {
    _id: { type: String, required: true },
    type: { type: String, required: true },
    intentId: { type: String, default: null },
    digest: { type: String, required: true },
    status: { type: String, required: true },
    attempts: { type: Number, required: true },
    nextAt: { type: Date, required: true },
    receivedAt: { type: Date, required: true },
    deliveries: { type: Number, default: 1 },
    lastDeliveredAt: { type: Date, default: null },
    doneAt: { type: Date, default: null },
    problem: { type: String, default: null },
  },
  { collection: 'webhook_inbox', versionKey: false },
)
EventSchema.index({ status: 1, nextAt: 1 })
EventSchema.index({ intentId: 1, receivedAt: 1 })
// Stripe repeats an event for a few days at most.
EventSchema.index({ receivedAt: 1 }, { expireAfterSeconds: 60 * 86_400 })

const EndpointSchema = new Schema<Endpoint & { _id: string }>(
  {
    _id: { type: String, required: true },
    endpointId: { type: String, required: true },
    url: { type: String, required: true },
    secret: { type: String, required: true },
  },
  { collection: 'webhook_endpoint', versionKey: false },
)

const toReceived = (doc: EventDoc): ReceivedWebhook => ({
  eventId: doc._id,
  type: doc.type,
  intentId: doc.intentId,
  status: doc.status,
  deliveries: doc.deliveries ?? 1,
  attempts: doc.attempts,
  receivedAt: doc.receivedAt.toISOString(),
  lastDeliveredAt: (doc.lastDeliveredAt ?? doc.receivedAt).toISOString(),
  doneAt: doc.doneAt?.toISOString() ?? null,
  problem: doc.problem ?? null,
})

/** Longer than the work on one takes; the events of a process that died are taken up after it. */
const CLAIM_MS = 10_000
const ONLY = 'only'

export function mongoWebhookRepository(connection: Connection, outbox: Outbox): WebhookRepository {
  const Events = connection.model<EventDoc>('WebhookEvent', EventSchema)
  const rows = connection.collection<EventDoc>('webhook_inbox')
  const Endpoints = connection.model<Endpoint & { _id: string }>('WebhookEndpoint', EndpointSchema)
  return {
    async receive({ eventId, type, intentId }, digest, now) {
      try {
        await rows.insertOne({
          _id: eventId,
          type,
          intentId,
          digest,
          status: 'new',
          attempts: 1,
          nextAt: new Date(now.getTime() + CLAIM_MS),
          receivedAt: now,
          deliveries: 1,
          lastDeliveredAt: now,
          doneAt: null,
          problem: null,
        })
        return 'new'
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
      }
      const known = await Events.findByIdAndUpdate(eventId, {
        $inc: { deliveries: 1 },
        $set: { lastDeliveredAt: now },
      }).lean<EventDoc>()
      return known && known.digest !== digest ? 'conflict' : 'known'
    },
    async claim(now) {
      const doc = await Events.findOneAndUpdate(
        { status: 'new', nextAt: { $lte: now } },
        { $set: { nextAt: new Date(now.getTime() + CLAIM_MS) }, $inc: { attempts: 1 } },
        { sort: { nextAt: 1 }, returnDocument: 'after' },
      ).lean<EventDoc>()
      return doc && { eventId: doc._id, type: doc.type, intentId: doc.intentId, attempts: doc.attempts }
    },
    async finish(eventId, now) {
      await rows.updateOne({ _id: eventId }, { $set: { status: 'done', doneAt: now, problem: null } })
    },
    async retry(eventId, at, problem) {
      await Events.updateOne({ _id: eventId }, { $set: { nextAt: at, problem } })
    },
    async park(eventId, problem) {
      await Events.updateOne({ _id: eventId }, { $set: { status: 'parked', problem } })
    },
    unpark: (eventId, now, hand) =>
      withTransaction(connection, async (session) => {
        const { matchedCount } = await Events.updateOne(
          { _id: eventId, status: 'parked' },
          { $set: { status: 'new', attempts: 0, nextAt: now } },
          { session },
        )
        if (matchedCount === 0) return false
        const [before, after] = [{ status: 'parked' }, { status: 'new' }]
        await keepStaffAct(outbox, session, hand, { action: 'webhook.retried', target: eventId, before, after })
        return true
      }),
    async listOfIntent(intentId) {
      const docs = await Events.find({ intentId }).sort({ receivedAt: 1 }).limit(200).lean<EventDoc[]>()
      return docs.map(toReceived)
    },
    async list(status, limit) {
      const filter = status ? { status } : {}
      const docs = await Events.find(filter).sort({ receivedAt: -1 }).limit(limit).lean<EventDoc[]>()
      return docs.map(toReceived)
    },
    async findEndpoint() {
      return Endpoints.findById(ONLY, { _id: 0 }).lean<Endpoint>()
    },
    async saveEndpoint(endpoint) {
      await Endpoints.updateOne({ _id: ONLY }, { $set: endpoint }, { upsert: true })
    },
  }
}
