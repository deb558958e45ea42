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
schema.index({ action: 1, at: -1 })

export const auditModel = (connection: Connection) => connection.model<AuditDoc>('AuditLine', schema)

const toLine = ({ _id, ...rest }: AuditDoc): AuditLine => ({ id: _id, ...rest })

const escapeRegex = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

function toFilter({ action, actor, target, person, from, before, cursor }: AuditFilter): QueryFilter<AuditDoc> {
  const conditions: QueryFilter<AuditDoc>[] = []
  const after = decodeCursor(cursor)
  if (action) conditions.push({ action: action.includes('.') ? action : new RegExp(`^${escapeRegex(action)}\\.`) })
  if (actor) conditions.push({ actor })
  if (target) conditions.push({ target })
  if (person) conditions.push({ $or: [{ actor: person }, { target: person }] })
  if (from) conditions.push({ at: { $gte: from } })
  if (before) conditions.push({ at: { $lt: before } })
  if (after) conditions.push({ $or: [{ at: { $lt: after.at } }, { at: after.at, _id: { $lt: after.id } }] })
  return conditions.length > 0 ? { $and: conditions } : {}
}

export function mongoAuditRepository(model: Model<AuditDoc>, session?: ClientSession): AuditRepository {
  const options = session ? { session } : {}
  return {
    async add({ id, ...line }) {
      await model.create([{ _id: id, ...line }], options)
    },
    async count({ id, details, ...line }) {
      const parts = Object.entries(details).map(([name, value]) => [`details.${name}`, value])
      const change = { $setOnInsert: { ...line, ...Object.fromEntries(parts) }, $inc: { 'details.count': 1 } }
      await model.updateOne({ _id: id }, change, { ...options, upsert: true })
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
