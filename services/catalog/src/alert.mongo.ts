import { withTransaction } from '@vitrine/kernel/mongo'
import type { Outbox } from '@vitrine/kernel/outbox'
import { type Connection, Schema } from 'mongoose'
import type { AlertRepository } from './alert.repository.ts'
import { stockModel } from './stock.models.mongo.ts'

interface AlertDoc {
  _id: string
  sku: string
  email: string
  at: Date
}

const schema = new Schema<AlertDoc>(
  { _id: String, sku: String, email: String, at: Date },
  { collection: 'stockAlerts', versionKey: false },
)
schema.index({ sku: 1 })
schema.index({ email: 1 })
schema.index({ at: 1 }, { expireAfterSeconds: 365 * 86_400 })

const AT_ONCE = 100

export function mongoAlertRepository(connection: Connection, outbox: Outbox): AlertRepository {
  const alerts = connection.model<AlertDoc>('StockAlert', schema)
  const stocks = stockModel(connection)
  return {
    async add({ sku, email, at }, limit) {
      if ((await alerts.countDocuments({ email })) >= limit) return
      await alerts.updateOne({ _id: `${sku}/${email}` }, { $setOnInsert: { sku, email, at } }, { upsert: true })
    },
    async listAnswerable(limit) {
      const waited = await alerts.distinct('sku')
      if (waited.length === 0) return []
      const rows = await stocks
        .find({ _id: { $in: waited }, available: { $gt: 0 } }, { _id: 1 })
        .limit(limit)
        .lean()
      return rows.map(({ _id }) => _id)
    },
    answer: (sku, product) =>
      withTransaction(connection, async (session) => {
        const waiting = await alerts.find({ sku }, null, { session }).limit(AT_ONCE).lean()
        await alerts.deleteMany({ _id: { $in: waiting.map(({ _id }) => _id) } }, { session })
        for (const { email } of waiting) await outbox.add(session, 'product.back_in_stock', { ...product, email })
        return waiting.length
      }),
    async remove(sku) {
      await alerts.deleteMany({ sku })
    },
    async removeEmail(email, session) {
      await alerts.deleteMany({ email: email.toLowerCase() }, { session })
    },
  }
}
