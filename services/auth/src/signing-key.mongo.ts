import { isDuplicateKey } from '@vitrine/kernel/mongo'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose'
import { type Connection, Schema } from 'mongoose'

interface SigningKeyDoc {
  _id: number
  kid: string
  publicJwk: JWK
  privateJwk: JWK
  createdAt: Date
}

export type StoredKey = Omit<SigningKeyDoc, '_id'>

const schema = new Schema<SigningKeyDoc>(
  {
    _id: Number,
    kid: String,
    publicJwk: Schema.Types.Mixed,
    privateJwk: Schema.Types.Mixed,
    createdAt: Date,
  },
  { collection: 'signing_keys', versionKey: false },
)

async function generateKey(now: Date): Promise<StoredKey> {
  const pair = await generateKeyPair('EdDSA', { extractable: true })
  const publicJwk = await exportJWK(pair.publicKey)
  const kid = await calculateJwkThumbprint(publicJwk)
  const common = { kid, alg: 'EdDSA', use: 'sig' }
  return {
    kid,
    publicJwk: { ...publicJwk, ...common },
    privateJwk: { ...(await exportJWK(pair.privateKey)), ...common },
    createdAt: now,
  }
}

export interface SigningKeyStore {
  /** The signing keys, newest first; the first is made at the first start. */
  load(now: Date): Promise<StoredKey[]>
  /** Adds a key after the newest one. Of replicas that do so at once, one succeeds. */
  add(now: Date): Promise<void>
  remove(kids: string[]): Promise<void>
}

export function mongoSigningKeys(connection: Connection): SigningKeyStore {
  const model = connection.model<SigningKeyDoc>('SigningKey', schema)
  const list = () => model.find({}, { _id: 0 }).sort({ _id: -1 }).lean<StoredKey[]>()
  async function insert(number: number, now: Date): Promise<void> {
    try {
      await model.create({ _id: number, ...(await generateKey(now)) })
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
    }
  }
  return {
    async add(now) {
      const newest = await model.findOne({}, { _id: 1 }).sort({ _id: -1 }).lean()
      await insert((newest?._id ?? 0) + 1, now)
    },
    async load(now) {
      const known = await list()
      if (known.length > 0) return known
      await insert(1, now)
      return list()
    },
    async remove(kids) {
      await model.deleteMany({ kid: { $in: kids } })
    },
  }
}
