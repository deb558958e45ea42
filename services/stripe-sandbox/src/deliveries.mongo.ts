import { type Connection, Schema } from 'mongoose'
import type { DeliveryRepository } from './deliveries.repository.ts'
import { randomId } from './keys.ts'

interface DeliveryDoc {
  _id: string
  account: string
  eventId: string
  endpointId: string
  status: 'due' | 'delivered' | 'dropped' | 'failed'
  attempts: number
  nextAt: Date
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
  },
  { versionKey: false },
)
DeliverySchema.index({ status: 1, nextAt: 1 })

export function mongoDeliveryRepository(connection: Connection, now: () => Date): DeliveryRepository {
  const Deliveries = connection.model<DeliveryDoc>('Delivery', DeliverySchema, 'deliveries')
  return {
    async enqueue(draft, session) {
      const doc = { _id: randomId('whd'), ...draft, status: 'due' as const, attempts: 0, nextAt: now() }
      await Deliveries.create([doc], { session })
    },
    async claim(at, leaseUntil) {
      const doc = await Deliveries.findOneAndUpdate(
        { status: 'due', nextAt: { $lte: at } },
        { $set: { nextAt: leaseUntil }, $inc: { attempts: 1 } },
        { sort: { nextAt: 1 }, returnDocument: 'after' },
      ).lean<DeliveryDoc>()
      return (
        doc && {
          id: doc._id,
          account: doc.account,
          eventId: doc.eventId,
          endpointId: doc.endpointId,
          attempts: doc.attempts,
        }
      )
    },
    async finish(id, outcome) {
      await Deliveries.updateOne({ _id: id }, { $set: { status: outcome } })
    },
    async retry(id, at) {
      await Deliveries.updateOne({ _id: id }, { $set: { nextAt: at } })
    },
  }
}
