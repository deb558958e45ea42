import { type ClientSession, type Connection, Schema } from 'mongoose'
import type { Delivery, DeliveryRepository, DeliveryStatus } from './deliveries.repository.ts'
import { randomId } from './keys.ts'

interface DeliveryDoc {
  _id: string
  account: string
  eventId: string
  endpointId: string
  status: DeliveryStatus
  attempts: number
  nextAt: Date
  madeAt?: Date
  lastAnswer?: string | null
}

export interface DeliveryDraft {
  account: string
  eventId: string
  endpointId: string
  at: Date
}

const DeliverySchema = new Schema<DeliveryDoc>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    eventId: { type: String, required: true },
    endpointId: { type: String, required: true },
    status: { type: String, required: true },
    attempts: { type: Number, required: true },
    nextAt: { type: Date, required: true },
    madeAt: { type: Date },
    lastAnswer: { type: String, default: null },
  },
  { versionKey: false },
)
DeliverySchema.index({ status: 1, nextAt: 1 })
DeliverySchema.index({ eventId: 1 })
DeliverySchema.index({ madeAt: -1 })

const toDelivery = ({ _id, madeAt: _madeAt, lastAnswer, ...doc }: DeliveryDoc): Delivery => ({
  ...doc,
  id: _id,
  lastAnswer: lastAnswer ?? null,
})

export type Enqueue = (draft: DeliveryDraft, session: ClientSession) => Promise<void>

export function mongoDeliveryRepository(connection: Connection): DeliveryRepository & { enqueue: Enqueue } {
  const Deliveries = connection.model<DeliveryDoc>('Delivery', DeliverySchema, 'deliveries')
  return {
    async enqueue({ at, ...draft }, session) {
      const doc = { _id: randomId('whd'), ...draft, status: 'due' as const, attempts: 0, nextAt: at, madeAt: at }
      await Deliveries.create([doc], { session })
    },
    async claim(now, leaseUntil) {
      const doc = await Deliveries.findOneAndUpdate(
        { status: 'due', nextAt: { $lte: now } },
        { $set: { nextAt: leaseUntil }, $inc: { attempts: 1 } },
        { sort: { nextAt: 1 }, returnDocument: 'after' },
      ).lean<DeliveryDoc>()
      return doc && toDelivery(doc)
    },
    async finish({ id, eventId }, outcome, lastAnswer) {
      const before = await Deliveries.findOneAndUpdate(
        { _id: id },
        { $set: { status: outcome, lastAnswer } },
      ).lean<DeliveryDoc>()
      if (outcome !== 'delivered' || before?.status === 'delivered') return
      await connection
        .collection<{ _id: string }>('objects')
        .updateOne({ _id: eventId, 'body.pending_webhooks': { $gt: 0 } }, { $inc: { 'body.pending_webhooks': -1 } })
    },
    async retry(id, at, answer, isFree = false) {
      const said = answer === null ? {} : { lastAnswer: answer }
      await Deliveries.updateOne({ _id: id }, { $set: { nextAt: at, ...said }, $inc: { attempts: isFree ? -1 : 0 } })
    },
    async log({ eventId, limit }) {
      const docs = await Deliveries.find(eventId ? { eventId } : {})
        .sort({ madeAt: -1 })
        .limit(limit)
        .lean<DeliveryDoc[]>()
      return docs.map(toDelivery)
    },
    async nextAt() {
      const doc = await Deliveries.findOne({ status: 'due' }, { nextAt: 1 }).sort({ nextAt: 1 }).lean<DeliveryDoc>()
      return doc?.nextAt ?? null
    },
    async resend(eventId, now) {
      const done = await Deliveries.updateMany({ eventId }, { $set: { status: 'due', attempts: 0, nextAt: now } })
      return done.modifiedCount
    },
  }
}
