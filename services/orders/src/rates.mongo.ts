import type { ShopRates } from '@vitrine/contracts/shipping'
import { isDuplicateKey, withTransaction } from '@vitrine/kernel/mongo'
import type { Outbox } from '@vitrine/kernel/outbox'
import { keepStaffAct } from '@vitrine/kernel/staff-act'
import { type Connection, Schema } from 'mongoose'
import type { RatesRepository } from './rates.repository.ts'

type RatesDoc = ShopRates & { _id: string }

const { Mixed } = Schema.Types
const schema = new Schema<RatesDoc>(
  { _id: String, zones: [Mixed], taxPermille: Mixed, taxIncluded: Boolean, version: Number },
  { collection: 'settings', versionKey: false, minimize: false },
)
const ONLY = 'rates'

export function mongoRatesRepository(connection: Connection, outbox: Outbox): RatesRepository {
  const rates = connection.model<RatesDoc>('Rates', schema)
  return {
    // Past Mongoose: every quote and every checkout reads it.
    async find() {
      const doc = await connection.collection<RatesDoc>('settings').findOne({ _id: ONLY })
      if (!doc) return null
      const { _id, ...found } = doc
      return found
    },
    async save({ version, ...fields }, hand) {
      const next = { ...fields, version: version + 1 }
      try {
        return await withTransaction(connection, async (session) => {
          const before = await rates.findById(ONLY, { _id: 0 }, { session }).lean<ShopRates>()
          // Without a stored document the filter matches nothing and the upsert writes the first one.
          const { matchedCount, upsertedCount } = await rates.updateOne(
            { _id: ONLY, version },
            { $set: next },
            { upsert: version === 0, session },
          )
          if (matchedCount + upsertedCount !== 1) return false
          await keepStaffAct(outbox, session, hand, { action: 'rates.changed', target: null, before, after: next })
          return true
        })
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
  }
}
