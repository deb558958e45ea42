import { isDuplicateKey } from '@vitrine/kernel/mongo'
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
  },
  { collection: 'webhook_inbox', versionKey: false },
)
EventSchema.index({ status: 1, nextAt: 1 })
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

const CLAIM_MS = 30_000
const ONLY = 'only'

export function mongoWebhookRepository(connection: Connection): WebhookRepository {
  const Events = connection.model<EventDoc>('WebhookEvent', EventSchema)
  const Endpoints = connection.model<Endpoint & { _id: string }>('WebhookEndpoint', EndpointSchema)
  return {
    async receive({ eventId, type, intentId }, digest, now) {
      try {
        await Events.create({
          _id: eventId,
          type,
          intentId,
          digest,
          status: 'new',
          attempts: 0,
          nextAt: now,
          receivedAt: now,
        })
        return 'new'
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
      }
      const known = await Events.findById(eventId, { digest: 1 }).lean<EventDoc>()
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
    async finish(eventId) {
      await Events.updateOne({ _id: eventId }, { $set: { status: 'done' } })
    },
    async retry(eventId, at) {
      await Events.updateOne({ _id: eventId }, { $set: { nextAt: at } })
    },
    async park(eventId) {
      await Events.updateOne({ _id: eventId }, { $set: { status: 'parked' } })
    },
    async findEndpoint() {
      return Endpoints.findById(ONLY, { _id: 0 }).lean<Endpoint>()
    },
    async saveEndpoint(endpoint) {
      await Endpoints.updateOne({ _id: ONLY }, { $set: endpoint }, { upsert: true })
    },
  }
}
