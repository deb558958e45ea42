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

/**
 * The signing keys, newest first; the first is made at the first start. Of replicas that start together one
 * inserts number 1 and the others read it.
 */
export async function loadSigningKeys(connection: Connection, now: Date): Promise<StoredKey[]> {
  const model = connection.model<SigningKeyDoc>('SigningKey', schema)
  const list = () => model.find({}, { _id: 0 }).sort({ _id: -1 }).lean<StoredKey[]>()
  const known = await list()
  if (known.length > 0) return known
  try {
    await model.create({ _id: 1, ...(await generateKey(now)) })
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
  }
  return list()
}
