import { type ClientSession, type Connection, type Model, Schema } from 'mongoose'
import type { LoginSession, SessionRepository } from './session.repository.ts'

type SessionDoc = Omit<LoginSession, 'id'> & { _id: string }
interface RefreshTokenDoc {
  _id: string
  sessionId: string
  userId: string
  expiresAt: Date
  usedAt: Date | null
}

const date = { type: Date, required: true }
const schema = new Schema<SessionDoc>(
  {
    _id: String,
    userId: { type: String, required: true },
    userAgent: String,
    address: String,
    createdAt: date,
    lastUsedAt: date,
    expiresAt: date,
    endsAt: date,
    revokedAt: { type: Date, default: null },
    hasSecondFactor: { type: Boolean, default: false },
  },
  { collection: 'sessions', versionKey: false },
)
schema.index({ userId: 1, revokedAt: 1 })
schema.index({ endsAt: 1 }, { expireAfterSeconds: 86_400 })

const refreshSchema = new Schema<RefreshTokenDoc>(
  { _id: String, sessionId: String, userId: String, expiresAt: date, usedAt: { type: Date, default: null } },
  { collection: 'refresh_tokens', versionKey: false },
)
// Spent tokens are kept until the session is long over: their return is how theft shows.
refreshSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 30 * 86_400 })

export function sessionModels(connection: Connection) {
  return {
    LoginSession: connection.model<SessionDoc>('LoginSession', schema),
    RefreshToken: connection.model<RefreshTokenDoc>('RefreshToken', refreshSchema),
  }
}

const toSession = ({ _id, hasSecondFactor = false, ...rest }: SessionDoc): LoginSession => ({
  id: _id,
  hasSecondFactor,
  ...rest,
})

export function mongoSessionRepository(
  { LoginSession, RefreshToken }: { LoginSession: Model<SessionDoc>; RefreshToken: Model<RefreshTokenDoc> },
  session?: ClientSession,
): SessionRepository {
  const options = session ? { session } : {}
  return {
    async add({ id, ...rest }) {
      await LoginSession.create([{ _id: id, ...rest }], options)
    },
    async findLive(id, now) {
      const doc = await LoginSession.findOne(
        { _id: id, revokedAt: null, expiresAt: { $gt: now } },
        null,
        options,
      ).lean()
      return doc ? toSession(doc) : null
    },
    async listLive(userId, now) {
      const filter = { userId, revokedAt: null, expiresAt: { $gt: now } }
      const docs = await LoginSession.find(filter, null, options).sort({ lastUsedAt: -1 }).limit(100).lean()
      return docs.map(toSession)
    },
    async extend(id, lastUsedAt, expiresAt) {
      await LoginSession.updateOne({ _id: id }, { $set: { lastUsedAt, expiresAt } }, options)
    },
    async setSecondFactor(id) {
      await LoginSession.updateOne({ _id: id }, { $set: { hasSecondFactor: true } }, options)
    },
    async dropSecondFactor(userId) {
      await LoginSession.updateMany({ userId }, { $set: { hasSecondFactor: false } }, options)
    },
    async revoke(id, userId, now) {
      const filter = { _id: id, userId, revokedAt: null }
      const { modifiedCount } = await LoginSession.updateOne(filter, { $set: { revokedAt: now } }, options)
      return modifiedCount === 1
    },
    async revokeAll(userId, now, keepId) {
      const filter = { userId, revokedAt: null, ...(keepId ? { _id: { $ne: keepId } } : {}) }
      const { modifiedCount } = await LoginSession.updateMany(filter, { $set: { revokedAt: now } }, options)
      return modifiedCount
    },
    async addRefreshToken({ hash, ...rest }) {
      await RefreshToken.create([{ _id: hash, ...rest, usedAt: null }], options)
    },
    async spendRefreshToken(hash, now) {
      const filter = { _id: hash, usedAt: null, expiresAt: { $gt: now } }
      const spent = await RefreshToken.findOneAndUpdate(filter, { $set: { usedAt: now } }, options).lean()
      if (spent) return { outcome: 'fresh', sessionId: spent.sessionId, userId: spent.userId }
      const known = await RefreshToken.findOne({ _id: hash, usedAt: { $ne: null } }, null, options).lean()
      return known ? { outcome: 'reused', sessionId: known.sessionId, userId: known.userId } : { outcome: 'unknown' }
    },
  }
}
