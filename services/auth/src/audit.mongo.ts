import { type ClientSession, type Connection, type Model, type QueryFilter, Schema } from 'mongoose'
import type { AuditFilter, AuditLine, AuditRepository } from './audit.repository.ts'
import { decodeCursor, encodeCursor, toPage } from './page-cursor.mongo.ts'

type AuditDoc = Omit<AuditLine, 'id'> & { _id: string }

const schema = new Schema<AuditDoc>(
  {
    _id: String,
    at: { type: Date, required: true },
    action: { type: String, required: true },
    actor: String,
    target: String,
    sessionId: String,
    address: String,
    requestId: String,
    details: Schema.Types.Mixed,
  },
  { collection: 'audit', versionKey: false, minimize: false },
)
schema.index({ at: -1, _id: -1 })
schema.index({ actor: 1, at: -1 })
schema.index({ target: 1, at: -1 })

export const auditModel = (connection: Connection) => connection.model<AuditDoc>('AuditLine', schema)

const toLine = ({ _id, ...rest }: AuditDoc): AuditLine => ({ id: _id, ...rest })

function toFilter({ action, actor, target, cursor }: AuditFilter): QueryFilter<AuditDoc> {
  const from = decodeCursor(cursor)
  return {
    ...(action ? { action } : {}),
    ...(actor ? { actor } : {}),
    ...(target ? { target } : {}),
    ...(from ? { $or: [{ at: { $lt: from.at } }, { at: from.at, _id: { $lt: from.id } }] } : {}),
  }
}

export function mongoAuditRepository(model: Model<AuditDoc>, session?: ClientSession): AuditRepository {
  const options = session ? { session } : {}
  return {
    async add({ id, ...line }) {
      await model.create([{ _id: id, ...line }], options)
    },
    async list(filter) {
      const docs = await model
        .find(toFilter(filter), null, options)
        .sort({ at: -1, _id: -1 })
        .limit(filter.limit + 1)
        .lean()
      return toPage(docs, filter.limit, toLine, (doc) => encodeCursor(doc.at, doc._id))
    },
  }
}
