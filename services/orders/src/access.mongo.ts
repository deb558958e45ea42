import { type Connection, Schema } from 'mongoose'
import type { AccessRepository } from './order.repository.ts'

interface TokenDoc {
  _id: string
  orderId: string
  expiresAt: Date
}

interface LookupDoc {
  _id: string
  tries: number
  expiresAt: Date
}

const tokenSchema = new Schema<TokenDoc>(
  { _id: String, orderId: String, expiresAt: Date },
  { collection: 'order_tokens', versionKey: false },
)
tokenSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

const lookupSchema = new Schema<LookupDoc>(
  { _id: String, tries: Number, expiresAt: Date },
  { collection: 'lookup_tries', versionKey: false },
)
lookupSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

const HOUR_MS = 3_600_000

export function mongoAccessRepository(connection: Connection): AccessRepository {
  connection.model<TokenDoc>('OrderToken', tokenSchema)
  const tokens = connection.collection<TokenDoc>('order_tokens')
  const lookups = connection.model<LookupDoc>('LookupTries', lookupSchema)
  return {
    async grant(tokenHash, orderId, expiresAt) {
      await tokens.insertOne({ _id: tokenHash, orderId, expiresAt })
    },
    async opens(tokenHash, orderId, now) {
      return (await tokens.findOne({ _id: tokenHash, orderId, expiresAt: { $gt: now } })) !== null
    },
    async countLookup(number, now) {
      const hour = Math.floor(now.getTime() / HOUR_MS)
      const counted = await lookups
        .findOneAndUpdate(
          { _id: `${number}/${hour}` },
          { $inc: { tries: 1 }, $setOnInsert: { expiresAt: new Date((hour + 2) * HOUR_MS) } },
          { upsert: true, returnDocument: 'after' },
        )
        .lean()
      return counted?.tries ?? 1
    },
  }
}
