import type { ReviewStatus } from '@vitrine/contracts/reviews'
import { AppError } from '@vitrine/kernel/errors'
import { isDuplicateKey, withTransaction } from '@vitrine/kernel/mongo'
import type { Outbox } from '@vitrine/kernel/outbox'
import { keepStaffAct, type StaffHand } from '@vitrine/kernel/staff-act'
import { type ClientSession, type Connection, type QueryFilter, Schema } from 'mongoose'
import { productModel } from './product.schema.mongo.ts'
import type { ReviewRecord, ReviewRepository } from './review.repository.ts'
import { mongoRevision } from './revision.mongo.ts'

type ReviewDoc = Omit<ReviewRecord, 'id'> & { _id: string }

const schema = new Schema<ReviewDoc>(
  {
    _id: String,
    productId: String,
    userId: String,
    author: String,
    isVerified: { type: Boolean, default: false },
    status: String,
    rating: Number,
    title: String,
    body: String,
    createdAt: Date,
    moderatedBy: { type: String, default: null },
  },
  { collection: 'reviews', versionKey: false, timestamps: false },
)
schema.index({ productId: 1, userId: 1 }, { unique: true })
schema.index({ productId: 1, createdAt: -1, _id: -1 })
schema.index({ status: 1, createdAt: -1, _id: -1 })
schema.index({ userId: 1 })

const NOT_PUBLISHED: ReviewStatus[] = ['pending', 'rejected']

/** Reviews older than moderation carry no state: they were published. */
const toRecord = ({ _id, ...doc }: ReviewDoc): ReviewRecord => ({
  ...doc,
  id: _id,
  status: doc.status ?? 'published',
  isVerified: doc.isVerified ?? false,
  moderatedBy: doc.moderatedBy ?? null,
})

export function mongoReviewRepository(connection: Connection, outbox: Outbox): ReviewRepository {
  const reviews = connection.model<ReviewDoc>('Review', schema)
  const products = productModel(connection)
  const revision = mongoRevision(connection)

  async function list(filter: QueryFilter<ReviewDoc>, { limit, cursor }: { limit: number; cursor: string | null }) {
    const offset = Math.max(0, Number(cursor ?? 0) || 0)
    const [rows, total] = await Promise.all([
      reviews
        .find(filter)
        .sort({ createdAt: -1, _id: -1 })
        .skip(offset)
        .limit(limit + 1)
        .lean(),
      reviews.countDocuments(filter),
    ])
    const nextCursor = rows.length > limit ? String(offset + limit) : null
    return { items: rows.slice(0, limit).map(toRecord), nextCursor, total }
  }

  /** Counts a rating in or out of its product. */
  async function count(productId: string, rating: number, by: 1 | -1, session: ClientSession): Promise<void> {
    const change = {
      $inc: { [`ratingCounts.${rating - 1}`]: by },
      $set: { revision: await revision.bump(session) },
    }
    await products.updateOne({ _id: productId }, change, { session })
  }

  async function recount(before: ReviewRecord, after: ReviewRecord, session: ClientSession): Promise<void> {
    if (before.status === 'published') await count(before.productId, before.rating, -1, session)
    if (after.status === 'published') await count(after.productId, after.rating, 1, session)
  }

  /** Applies `change` to the one review that fits, and counts ratings in the same transaction. */
  const change = (
    filter: QueryFilter<ReviewDoc>,
    set: Partial<ReviewDoc>,
    hand?: StaffHand | null,
  ): Promise<ReviewRecord | null> =>
    withTransaction(connection, async (session) => {
      const doc = await reviews.findOneAndUpdate(filter, { $set: set }, { session, returnDocument: 'before' }).lean()
      if (!doc) return null
      const before = toRecord(doc)
      const after = { ...before, ...set }
      if (before.status !== after.status || before.rating !== after.rating) await recount(before, after, session)
      const { status } = after
      await keepStaffAct(outbox, session, hand, {
        action: 'review.moderated',
        target: before.id,
        before: { status: before.status },
        after: { status },
      })
      return after
    })

  return {
    listPublished: (productId, paging) => list({ productId, status: { $nin: NOT_PUBLISHED } }, paging),
    list: (status, paging) =>
      list(status === null ? {} : status === 'published' ? { status: { $nin: NOT_PUBLISHED } } : { status }, paging),
    async findOwn(productId, userId) {
      const doc = await reviews.findOne({ productId, userId }).lean()
      return doc ? toRecord(doc) : null
    },
    async add({ id, ...review }) {
      try {
        await reviews.create([{ _id: id, ...review }])
      } catch (error) {
        if (!isDuplicateKey(error)) throw error
        throw new AppError(
          'conflict',
          'You have already reviewed this product. Change your review instead.',
          undefined,
          {
            cause: error,
          },
        )
      }
    },
    edit: (own, fields) => change(own, { ...fields, status: 'pending', moderatedBy: null }),
    moderate: (id, status, moderatedBy, hand) => change({ _id: id }, { status, moderatedBy }, hand),
    async forgetAuthor(userId, session) {
      for (const { _id } of await reviews.find({ userId }, { _id: 1 }, { session }).lean())
        await reviews.updateOne({ _id }, { $set: { author: 'Customer', userId: `deleted:${_id}` } }, { session })
    },
  }
}
