import { withTransaction } from '@vitrine/kernel/mongo'
import type { Connection } from 'mongoose'
import { type Seed, seedId } from './demo/seed.rules.ts'
import { mongoRevision } from './revision.mongo.ts'

interface MarkerDoc {
  _id: string
  at: Date
}

type Doc = { _id: string } & Record<string, unknown>

const renamed = <T extends { id: string }>({ id, ...rest }: T) => ({ _id: id, ...rest })

/** Writes seeds past the repositories, in bulk. What exists already is left as it is. */
export function mongoSeed(connection: Connection) {
  const markers = connection.collection<MarkerDoc>('seeds')
  const revision = mongoRevision(connection)

  async function insertMissing(collection: string, docs: Doc[]): Promise<void> {
    if (docs.length === 0) return
    const operations = docs.map(({ _id, ...fields }) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: fields }, upsert: true },
    }))
    await connection.collection<Doc>(collection).bulkWrite(operations, { ordered: false })
  }

  return {
    hasMarker: async (name: string) => (await markers.countDocuments({ _id: name })) > 0,
    setMarker: async (name: string, at: Date) => {
      await markers.updateOne({ _id: name }, { $set: { at } }, { upsert: true })
    },
    async write({ categories, products, stock, reviews }: Seed, now: Date): Promise<void> {
      const next = (await revision.find()) + 1
      const counted = stock.filter(({ onHand }) => onHand > 0)
      await insertMissing('categories', categories.map(renamed))
      await insertMissing(
        'stock',
        stock.map(({ sku, onHand }) => ({ _id: sku, onHand, reserved: 0, available: onHand, sold: 0, updatedAt: now })),
      )
      const ledger = counted.map(({ sku, onHand }) => ({
        _id: seedId('mov', sku),
        sku,
        type: 'IN',
        quantity: onHand,
        reason: 'First stock',
        actor: 'seed',
        onHand,
        at: now,
      }))
      await insertMissing('movements', ledger)
      await insertMissing('reviews', reviews.map(renamed))
      await insertMissing(
        'products',
        products.map((product) => ({ ...renamed(product), revision: next })),
      )
      await withTransaction(connection, (session) => revision.bump(session))
    },
  }
}
