import { Permission } from '@vitrine/contracts/permissions'
import { type ClientSession, type Connection, type Model, Schema } from 'mongoose'
import type { CustomRole, RoleRepository } from './role.repository.ts'

interface RoleDoc {
  _id: string
  permissions: string[]
  /** Counts how often it was handed out; two writes to it conflict. */
  holds?: number
}

const schema = new Schema<RoleDoc>(
  { _id: String, permissions: { type: [String], required: true }, holds: Number },
  { collection: 'roles', versionKey: false },
)

export const roleModel = (connection: Connection) => connection.model<RoleDoc>('Role', schema)

/** A permission that no longer exists is dropped. */
const toRole = ({ _id, permissions }: RoleDoc): CustomRole => ({
  name: _id,
  permissions: Permission.options.filter((permission) => permissions.includes(permission)),
})

export function mongoRoleRepository(model: Model<RoleDoc>, session?: ClientSession): RoleRepository {
  const options = session ? { session } : {}
  return {
    async findMany(names) {
      if (names.length === 0) return []
      return (await model.find({ _id: { $in: names } }, null, options).lean()).map(toRole)
    },
    async list() {
      return (await model.find({}, null, options).sort({ _id: 1 }).limit(200).lean()).map(toRole)
    },
    async save({ name, permissions }) {
      await model.updateOne({ _id: name }, { $set: { permissions } }, { ...options, upsert: true })
    },
    async hold(names) {
      if (names.length > 0) await model.updateMany({ _id: { $in: names } }, { $inc: { holds: 1 } }, options)
    },
    async remove(name) {
      const { deletedCount } = await model.deleteOne({ _id: name }, options)
      return deletedCount === 1
    },
  }
}
