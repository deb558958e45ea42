import type { PaymentBreak } from '@vitrine/contracts/payments'
import { newId } from '@vitrine/kernel/ids'
import { type Connection, Schema } from 'mongoose'
import type { BreakRepository } from './break.repository.ts'

interface BreakDoc {
  _id: string
  kind: PaymentBreak['kind']
  orderId: string | null
  intentId: string | null
  note: string
  foundAt: Date
}

const BreakSchema = new Schema<BreakDoc>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    orderId: { type: String, default: null },
    intentId: { type: String, default: null },
    note: { type: String, required: true },
    foundAt: { type: Date, required: true },
  },
  { collection: 'recon_breaks', versionKey: false },
)
BreakSchema.index({ foundAt: -1, _id: -1 })
BreakSchema.index({ orderId: 1 })
BreakSchema.index({ kind: 1, orderId: 1, intentId: 1, note: 1 }, { unique: true })

const toBreak = ({ _id, foundAt, ...rest }: BreakDoc): PaymentBreak => ({
  id: _id,
  ...rest,
  foundAt: foundAt.toISOString(),
})

export function mongoBreakRepository(connection: Connection): BreakRepository {
  const Breaks = connection.model<BreakDoc>('Break', BreakSchema)
  return {
    async record({ kind, orderId, intentId, note }, now) {
      const setOnInsert = { _id: newId('brk'), foundAt: now }
      await Breaks.updateOne({ kind, orderId, intentId, note }, { $setOnInsert: setOnInsert }, { upsert: true })
    },
    async listOfOrder(orderId) {
      return (await Breaks.find({ orderId }).sort({ foundAt: 1 }).limit(200).lean<BreakDoc[]>()).map(toBreak)
    },
    async list(cursor, limit) {
      const [at, id] = cursor?.split('~') ?? []
      const before =
        at && id ? { $or: [{ foundAt: { $lt: new Date(at) } }, { foundAt: new Date(at), _id: { $lt: id } }] } : {}
      const docs = await Breaks.find(before)
        .sort({ foundAt: -1, _id: -1 })
        .limit(limit + 1)
        .lean<BreakDoc[]>()
      const items = docs.slice(0, limit).map(toBreak)
      const last = items.at(-1)
      return { items, nextCursor: docs.length > limit && last ? `${last.foundAt}~${last.id}` : null }
    },
  }
}
