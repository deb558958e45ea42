import { type ClientSession, type Connection, type Model, Schema } from 'mongoose'
import type { OneTimeToken, OneTimeTokenRepository } from './one-time-token.repository.ts'

type TokenDoc = Omit<OneTimeToken, 'hash'> & { _id: string }

const schema = new Schema<TokenDoc>(
  { _id: String, userId: String, purpose: String, createdAt: Date, expiresAt: Date },
  { collection: 'one_time_tokens', versionKey: false },
)
schema.index({ userId: 1, purpose: 1 })
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export const oneTimeTokenModel = (connection: Connection) => connection.model<TokenDoc>('OneTimeToken', schema)

export function mongoOneTimeTokenRepository(model: Model<TokenDoc>, session?: ClientSession): OneTimeTokenRepository {
  const options = session ? { session } : {}
  return {
    async issue({ hash, ...token }) {
      await model.deleteMany({ userId: token.userId, purpose: token.purpose }, options)
      await model.create([{ _id: hash, ...token }], options)
    },
    async findLatest(userId, purpose) {
      const doc = await model.findOne({ userId, purpose }, null, options).sort({ createdAt: -1 }).lean()
      return doc
        ? { hash: doc._id, userId: doc.userId, purpose, createdAt: doc.createdAt, expiresAt: doc.expiresAt }
        : null
    },
    async spend(hash, purpose, now) {
      const doc = await model.findOneAndDelete({ _id: hash, purpose, expiresAt: { $gt: now } }, options).lean()
      return doc?.userId ?? null
    },
    async removeAll(userId) {
      await model.deleteMany({ userId }, options)
    },
  }
}
