import type { Review } from '@vitrine/contracts/catalog'
import { AppError } from '@vitrine/kernel/errors'
import { isDuplicateKey, withTransaction } from '@vitrine/kernel/mongo'
import { type Connection, Schema } from 'mongoose'
import type { NewReview, ReviewRepository } from './review.repository.ts'
import { mongoRevision } from './revision.mongo.ts'

type ReviewDoc = Omit<NewReview, 'id'> & { _id: string }

const schema = new Schema<ReviewDoc>(
  {
    _id: String,
    productId: String,
    userId: String,
    author: String,
    rating: Number,
    title: String,
    body: String,
    createdAt: Date,
  },
  { collection: 'reviews', versionKey: false, timestamps: false },
)
schema.index({ productId: 1, userId: 1 }, { unique: true })
schema.index({ productId: 1, createdAt: -1, _id: -1 })

const toReview = ({ _id, userId: _private, createdAt, ...doc }: ReviewDoc): Review => ({
  id: _id,
  ...doc,
  createdAt: createdAt.toISOString(),
})

export function mongoReviewRepository(connection: Connection): ReviewRepository {
  const reviews = connection.model<ReviewDoc>('Review', schema)
  const revision = mongoRevision(connection)
  return {
    async list(productId, { limit, cursor }) {
      const offset = Math.max(0, Number(cursor ?? 0) || 0)
      const rows = await reviews
        .find({ productId })
        .sort({ createdAt: -1, _id: -1 })
        .skip(offset)
        .limit(limit + 1)
        .lean()
      const total = await reviews.countDocuments({ productId })
      return {
        items: rows.slice(0, limit).map(toReview),
        nextCursor: rows.length > limit ? String(offset + limit) : null,
        total,
      }
    },
    async add({ id, ...review }) {
      await withTransaction(connection, async (session) => {
        await reviews.create([{ _id: id, ...review }], { session })
        const changed = {
          $inc: { [`ratingCounts.${review.rating - 1}`]: 1 },
          $set: { revision: await revision.bump(session) },
        }
        await connection.model('Product').updateOne({ _id: review.productId }, changed, { session })
      }).catch((error) => {
        if (isDuplicateKey(error))
          throw new AppError('conflict', 'You have already reviewed this product.', undefined, { cause: error })
        throw error
      })
    },
  }
}
