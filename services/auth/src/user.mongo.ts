import { conflict } from '@vitrine/kernel/errors'
import { isDuplicateKey } from '@vitrine/kernel/mongo'
import { type ClientSession, type Connection, type Model, type QueryFilter, Schema } from 'mongoose'
import type { Account } from './account.ts'
import { decodeCursor, encodeCursor, toPage } from './page-cursor.mongo.ts'
import type { UserFilter, UserRepository } from './user.repository.ts'

type UserDoc = Omit<Account, 'id'> & { _id: string }
interface LockDoc {
  _id: string
  count: number
}

const nullable = { type: String, default: null }
const nullableDate = { type: Date, default: null }
const schema = new Schema<UserDoc>(
  {
    _id: String,
    email: { type: String, required: true },
    name: { type: String, required: true },
    passwordHash: nullable,
    totp: { type: Schema.Types.Mixed, default: null },
    phone: nullable,
    locale: nullable,
    currency: nullable,
    roles: { type: [String], required: true },
    emailVerifiedAt: nullableDate,
    disabledAt: nullableDate,
    lastSignInAt: nullableDate,
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'users', versionKey: false },
)
schema.index({ email: 1 }, { unique: true })
schema.index({ roles: 1, createdAt: -1 })
schema.index({ createdAt: -1, _id: -1 })

const lockSchema = new Schema<LockDoc>({ _id: String, count: Number }, { collection: 'locks', versionKey: false })

export function userModels(connection: Connection) {
  return { User: connection.model<UserDoc>('User', schema), Lock: connection.model<LockDoc>('Lock', lockSchema) }
}

// Accounts made before there were second factors have no field for one.
const toAccount = ({ _id, totp = null, ...rest }: UserDoc): Account => ({ id: _id, totp, ...rest })
const escapeRegex = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function toFilter({ text, role, cursor }: UserFilter): QueryFilter<UserDoc> {
  const filter: QueryFilter<UserDoc>[] = []
  const from = decodeCursor(cursor)
  const found = text ? new RegExp(escapeRegex(text), 'i') : null
  if (found) filter.push({ $or: [{ email: found }, { name: found }] })
  if (role) filter.push({ roles: role })
  if (from) filter.push({ $or: [{ createdAt: { $lt: from.at } }, { createdAt: from.at, _id: { $lt: from.id } }] })
  return filter.length > 0 ? { $and: filter } : {}
}

export function mongoUserRepository(
  { User, Lock }: { User: Model<UserDoc>; Lock: Model<LockDoc> },
  session?: ClientSession,
): UserRepository {
  const options = session ? { session } : {}
  const findOne = async (filter: QueryFilter<UserDoc>) => {
    const doc = await User.findOne(filter, null, options).lean()
    return doc ? toAccount(doc) : null
  }
  return {
    findById: (id) => findOne({ _id: id }),
    async findMany(ids) {
      if (ids.length === 0) return []
      return (await User.find({ _id: { $in: ids } }, null, options).lean()).map(toAccount)
    },
    findByEmail: (email) => findOne({ email }),
    async add({ id, ...account }) {
      try {
        await User.create([{ _id: id, ...account }], options)
      } catch (error) {
        if (isDuplicateKey(error)) throw conflict('email_taken', 'There is already an account with this email address.')
        throw error
      }
    },
    async update(id, changes) {
      const doc = await User.findOneAndUpdate(
        { _id: id },
        { $set: changes },
        { ...options, returnDocument: 'after' },
      ).lean()
      return doc ? toAccount(doc) : null
    },
    async spendTotpStep(id, step) {
      const filter = { _id: id, 'totp.lastStep': { $lt: step } }
      const { modifiedCount } = await User.updateOne(filter, { $set: { 'totp.lastStep': step } }, options)
      return modifiedCount === 1
    },
    async spendRecoveryCode(id, hash) {
      const filter = { _id: id, 'totp.recoveryHashes': hash }
      const { modifiedCount } = await User.updateOne(filter, { $pull: { 'totp.recoveryHashes': hash } }, options)
      return modifiedCount === 1
    },
    async remove(id) {
      await User.deleteOne({ _id: id }, options)
    },
    async list(filter) {
      const docs = await User.find(toFilter(filter), null, options)
        .sort({ createdAt: -1, _id: -1 })
        .limit(filter.limit + 1)
        .lean()
      return toPage(docs, filter.limit, toAccount, (doc) => encodeCursor(doc.createdAt, doc._id))
    },
    countHolders: (role) => User.countDocuments({ roles: role }, options),
    async lockAdmins() {
      await Lock.updateOne({ _id: 'admins' }, { $inc: { count: 1 } }, { ...options, upsert: true })
    },
    countOtherAdmins: (exceptId) =>
      User.countDocuments(
        { _id: { $ne: exceptId }, roles: 'admin', disabledAt: null, passwordHash: { $ne: null } },
        options,
      ),
  }
}
