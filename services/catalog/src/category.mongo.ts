import { AppError } from '@vitrine/kernel/errors'
import { isDuplicateKey, withTransaction } from '@vitrine/kernel/mongo'
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

export function mongoCategoryRepository(connection: Connection): CategoryRepository {
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
    add: (category) => change((session) => categories.create([toDoc(category)], { session })),
    save: (category) => change((session) => categories.replaceOne({ _id: category.id }, toDoc(category), { session })),
    remove: (id) => change((session) => categories.deleteOne({ _id: id }, { session })),
  }
}
