import type { ShopRates } from '@vitrine/contracts/shipping'
import { isDuplicateKey } from '@vitrine/kernel/mongo'
import { type Connection, Schema } from 'mongoose'
import type { RatesRepository } from './rates.repository.ts'

type RatesDoc = ShopRates & { _id: string }

const { Mixed } = Schema.Types
const schema = new Schema<RatesDoc>(
  { _id: String, zones: [Mixed], taxPermille: Mixed, taxIncluded: Boolean, version: Number },
  { collection: 'settings', versionKey: false, minimize: false },
)
const ONLY = 'rates'

export function mongoRatesRepository(connection: Connection): RatesRepository {
  const rates = connection.model<RatesDoc>('Rates', schema)
  return {
    find: () => rates.findById(ONLY, { _id: 0 }).lean<ShopRates>(),
    async save({ version, ...fields }) {
      const next = { ...fields, version: version + 1 }
      try {
        // Without a stored document the filter matches nothing and the upsert writes the first one.
        const { matchedCount, upsertedCount } = await rates.updateOne(
          { _id: ONLY, version },
          { $set: next },
          { upsert: version === 0 },
        )
        return matchedCount + upsertedCount === 1
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
  }
}
