import { isDuplicateKey } from '@vitrine/kernel/mongo'
import { type Connection, Schema } from 'mongoose'
import {
  type IdempotencyRepository,
  KEPT_MS,
  type KeyClaim,
  LOCK_MS,
  type SavedReply,
} from './idempotency.repository.ts'
import { timedLetters } from './keys.ts'

interface KeyDoc {
  _id: string
  fingerprint: string
  seed: string
  lockedAt: Date
  createdAt: Date
  reply?: SavedReply | null
}

const KeySchema = new Schema<KeyDoc>(
  {
    _id: { type: String, required: true },
    fingerprint: { type: String, required: true },
    seed: { type: String, required: true },
    lockedAt: { type: Date, required: true },
    createdAt: { type: Date, required: true, expires: 3 * 24 * 3600 },
    reply: { type: Schema.Types.Mixed, default: null },
  },
  { versionKey: false },
)

export function mongoIdempotencyRepository(connection: Connection): IdempotencyRepository {
  const Keys = connection.model<KeyDoc>('IdempotencyKey', KeySchema, 'idempotency_keys')
  const idOf = (account: string, key: string) => `${account}:${key}`

  /** A request that died in the middle leaves its lock; the next one takes it over with the same seed. */
  async function takeOver(id: string, now: Date): Promise<KeyClaim> {
    const taken = await Keys.findOneAndUpdate(
      { _id: id, reply: null, lockedAt: { $lt: new Date(now.getTime() - LOCK_MS) } },
      { $set: { lockedAt: now } },
    ).lean<KeyDoc>()
    return taken ? { state: 'mine', seed: taken.seed } : { state: 'in_use' }
  }

  async function claim(account: string, key: string, fingerprint: string, now: Date): Promise<KeyClaim> {
    const _id = idOf(account, key)
    const fresh = { _id, fingerprint, seed: timedLetters(24), lockedAt: now, createdAt: now }
    try {
      await Keys.create(fresh)
      return { state: 'mine', seed: fresh.seed }
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
    }
    const known = await Keys.findById(_id).lean<KeyDoc>()
    if (!known) return { state: 'in_use' }
    if (known.createdAt.getTime() < now.getTime() - KEPT_MS) {
      await Keys.deleteOne({ _id, createdAt: known.createdAt })
      return claim(account, key, fingerprint, now)
    }
    if (known.fingerprint !== fingerprint) return { state: 'mismatch' }
    return known.reply ? { state: 'replay', reply: known.reply } : takeOver(_id, now)
  }

  return {
    claim,
    async save(account, key, reply) {
      await Keys.updateOne({ _id: idOf(account, key) }, { $set: { reply } })
    },
    async free(account, key) {
      await Keys.deleteOne({ _id: idOf(account, key), reply: null })
    },
  }
}
