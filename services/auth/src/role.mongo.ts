import { Permission } from '@vitrine/contracts/permissions'
import { type ClientSession, type Connection, type Model, Schema } from 'mongoose'
import type { CustomRole, RoleRepository } from './role.repository.ts'

interface RoleDoc {
  _id: string
  permissions: string[]
}

const schema = new Schema<RoleDoc>(
  { _id: String, permissions: { type: [String], required: true } },
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
  }
}
