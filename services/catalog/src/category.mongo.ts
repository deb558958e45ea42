import { AppError } from '@vitrine/kernel/errors'
import { isDuplicateKey, withTransaction } from '@vitrine/kernel/mongo'
import type { Outbox } from '@vitrine/kernel/outbox'
import { keepStaffAct } from '@vitrine/kernel/staff-act'
import { type ClientSession, type Connection, Schema } from 'mongoose'
import type { CategoryRecord, CategoryRepository } from './category.repository.ts'
import { mongoRevision } from './revision.mongo.ts'

type CategoryDoc = Omit<CategoryRecord, 'id'> & { _id: string }

const schema = new Schema<CategoryDoc>(
  {
    _id: String,
    slug: String,
    title: String,
    description: String,
    parent: { type: String, default: null },
    position: Number,
  },
  { collection: 'categories', versionKey: false },
)
schema.index({ slug: 1 }, { unique: true })

const toRecord = ({ _id, ...doc }: CategoryDoc): CategoryRecord => ({ id: _id, ...doc, parent: doc.parent ?? null })
const toDoc = ({ id, ...category }: CategoryRecord): CategoryDoc => ({ _id: id, ...category })

export function mongoCategoryRepository(connection: Connection, outbox: Outbox): CategoryRepository {
  const categories = connection.model<CategoryDoc>('Category', schema)
  const revision = mongoRevision(connection)

  const change = (work: (session: ClientSession) => Promise<unknown>): Promise<void> =>
    withTransaction(connection, async (session) => {
      await revision.bump(session)
      await work(session)
    }).catch((error) => {
      if (isDuplicateKey(error))
        throw new AppError('conflict', 'Another category already uses this slug.', { field: 'slug' }, { cause: error })
      throw error
    })

  return {
    async list() {
      const docs = await categories.find().lean()
      return docs.map(toRecord)
    },
    add: (category, hand) =>
      change(async (session) => {
        await categories.create([toDoc(category)], { session })
        const act = { action: 'category.created', target: category.id, before: null, after: category }
        await keepStaffAct(outbox, session, hand, act)
      }),
    save: (category, hand) =>
      change(async (session) => {
        const before = await categories
          .findOneAndReplace({ _id: category.id }, toDoc(category), { session, returnDocument: 'before' })
          .lean()
        const act = {
          action: 'category.changed',
          target: category.id,
          before: before && toRecord(before),
          after: category,
        }
        await keepStaffAct(outbox, session, hand, act)
      }),
    remove: (id, hand) =>
      change(async (session) => {
        const before = await categories.findOneAndDelete({ _id: id }, { session }).lean()
        const act = { action: 'category.removed', target: id, before: before && toRecord(before), after: null }
        await keepStaffAct(outbox, session, hand, act)
      }),
  }
}
