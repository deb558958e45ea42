import { type Connection, Schema } from 'mongoose'
import type { ThrottleRepository } from './throttle.repository.ts'

interface ThrottleDoc {
  _id: string
  failures: number
  blockedUntil: Date | null
  expiresAt: Date
}

const FORGET_AFTER_MS = 24 * 3_600_000

const schema = new Schema<ThrottleDoc>(
  { _id: String, failures: Number, blockedUntil: Date, expiresAt: Date },
  { collection: 'login_throttles', versionKey: false },
)
schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })

export function mongoThrottleRepository(connection: Connection): ThrottleRepository {
  const model = connection.model<ThrottleDoc>('LoginThrottle', schema)
  return {
    async findBlock(key, now) {
      const doc = await model.findOne({ _id: key, blockedUntil: { $gt: now } }).lean()
      return doc?.blockedUntil ?? null
    },
    async countFailure(key, now) {
      const change = { $inc: { failures: 1 }, $set: { expiresAt: new Date(now.getTime() + FORGET_AFTER_MS) } }
      const doc = await model.findOneAndUpdate({ _id: key }, change, { upsert: true, returnDocument: 'after' }).lean()
      return doc?.failures ?? 1
    },
    async block(key, until) {
      await model.updateOne({ _id: key }, { $max: { blockedUntil: until } })
    },
    async clear(key) {
      await model.deleteOne({ _id: key })
    },
  }
}
