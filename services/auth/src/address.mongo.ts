import { type ClientSession, type Connection, type Model, Schema } from 'mongoose'
import type { AddressRepository, SavedAddressRecord } from './address.repository.ts'

type AddressDoc = Omit<SavedAddressRecord, 'id'> & { _id: string }

const schema = new Schema<AddressDoc>(
  {
    _id: String,
    userId: { type: String, required: true },
    label: String,
    isDefault: { type: Boolean, required: true },
    name: String,
    line1: String,
    line2: String,
    city: String,
    region: String,
    postalCode: String,
    country: String,
    phone: String,
    createdAt: Date,
    updatedAt: Date,
  },
  { collection: 'addresses', versionKey: false },
)
schema.index({ userId: 1, createdAt: 1 })
schema.index({ userId: 1 }, { name: 'one_default', unique: true, partialFilterExpression: { isDefault: true } })

export const addressModel = (connection: Connection) => connection.model<AddressDoc>('Address', schema)

const toRecord = ({ _id, ...rest }: AddressDoc): SavedAddressRecord => ({ id: _id, ...rest })

export function mongoAddressRepository(model: Model<AddressDoc>, session?: ClientSession): AddressRepository {
  const options = session ? { session } : {}
  return {
    async listOwn(userId) {
      const docs = await model.find({ userId }, null, options).sort({ isDefault: -1, createdAt: 1 }).limit(200).lean()
      return docs.map(toRecord)
    },
    async findOwn(id, userId) {
      const doc = await model.findOne({ _id: id, userId }, null, options).lean()
      return doc ? toRecord(doc) : null
    },
    async save({ id, ...address }) {
      await model.replaceOne({ _id: id, userId: address.userId }, address, { ...options, upsert: true })
    },
    async clearDefault(userId) {
      await model.updateMany({ userId, isDefault: true }, { $set: { isDefault: false } }, options)
    },
    async removeOwn(id, userId) {
      const { deletedCount } = await model.deleteOne({ _id: id, userId }, options)
      return deletedCount === 1
    },
    async removeAll(userId) {
      await model.deleteMany({ userId }, options)
    },
  }
}
