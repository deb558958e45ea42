import { isDuplicateKey } from '@vitrine/kernel/mongo'
import { type Connection, Schema } from 'mongoose'
import type { Attempt, AttemptRepository } from './attempt.repository.ts'

interface AttemptDoc {
  _id: string
  bodyHash: string
  orderId: string
  lockedUntil: Date
  reply: { status: number; sealedReply: string } | null
  createdAt: Date
}

const schema = new Schema<AttemptDoc>(
  {
    _id: String,
    bodyHash: String,
    orderId: String,
    lockedUntil: Date,
    reply: Schema.Types.Mixed,
    createdAt: Date,
  },
  { collection: 'checkout_attempts', versionKey: false, minimize: false },
)
schema.index({ orderId: 1 })
schema.index({ createdAt: 1 }, { expireAfterSeconds: 48 * 3600 })

/** Longer than all calls of a checkout may take together. */
const LOCK_MS = 15_000

export function mongoAttemptRepository(connection: Connection): AttemptRepository {
  const attempts = connection.model<AttemptDoc>('CheckoutAttempt', schema)

  async function takeOver(known: AttemptDoc, now: Date): Promise<Attempt> {
    const { modifiedCount } = await attempts.updateOne(
      { _id: known._id, lockedUntil: known.lockedUntil, reply: null },
      { $set: { lockedUntil: new Date(now.getTime() + LOCK_MS) } },
    )
    return modifiedCount === 1
      ? { state: 'started', orderId: known.orderId, isFirst: false }
      : { state: 'running', retryAfterSeconds: 1 }
  }

  async function join(id: string, bodyHash: string, now: Date): Promise<Attempt> {
    const known = await attempts.findById(id).lean()
    if (!known) return { state: 'running', retryAfterSeconds: 1 }
    if (known.bodyHash !== bodyHash) return { state: 'mismatch' }
    if (known.reply) return { state: 'done', ...known.reply }
    if (known.lockedUntil > now) {
      return { state: 'running', retryAfterSeconds: Math.ceil((known.lockedUntil.getTime() - now.getTime()) / 1000) }
    }
    return takeOver(known, now)
  }

  return {
    async begin({ id, bodyHash, orderId, now }) {
      const lockedUntil = new Date(now.getTime() + LOCK_MS)
      try {
        const doc = { _id: id, bodyHash, orderId, lockedUntil, reply: null, createdAt: now }
        await connection.collection<AttemptDoc>('checkout_attempts').insertOne(doc)
        return { state: 'started', orderId, isFirst: true }
      } catch (error) {
        if (isDuplicateKey(error)) return join(id, bodyHash, now)
        throw error
      }
    },
    async finish(id, reply) {
      await connection.collection<AttemptDoc>('checkout_attempts').updateOne({ _id: id }, { $set: { reply } })
    },
    async unlock(id, now) {
      await attempts.updateOne({ _id: id, reply: null }, { $set: { lockedUntil: now } })
    },
    async listOfOrder(orderId) {
      const docs = await attempts.find({ orderId }).sort({ createdAt: 1 }).limit(50).lean<AttemptDoc[]>()
      return docs.map(({ createdAt, reply, lockedUntil }) => ({
        at: createdAt.toISOString(),
        status: reply?.status ?? null,
        lockedUntil: lockedUntil.toISOString(),
      }))
    },
    async forget(id) {
      await attempts.deleteOne({ _id: id, reply: null })
    },
  }
}
