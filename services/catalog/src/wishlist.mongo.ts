import { type Connection, Schema } from 'mongoose'
import type { WishlistRepository } from './wishlist.repository.ts'

interface WishlistDoc {
  _id: string
  productIds: string[]
  updatedAt: Date
}

const schema = new Schema<WishlistDoc>(
  { _id: String, productIds: [String], updatedAt: Date },
  { collection: 'wishlists', versionKey: false, timestamps: false },
)

export function mongoWishlistRepository(connection: Connection): WishlistRepository {
  const wishlists = connection.model<WishlistDoc>('Wishlist', schema)
  return {
    async list(userId) {
      const doc = await wishlists.findById(userId).lean()
      return doc?.productIds ?? []
    },
    async add(userId, productIds, limit) {
      // One update, so that two tabs never lose what the other added.
      const known = { $ifNull: ['$productIds', []] }
      const rest = { $filter: { input: known, cond: { $not: { $in: ['$$this', productIds] } } } }
      await wishlists.updateOne(
        { _id: userId },
        [
          {
            $set: {
              productIds: { $slice: [{ $concatArrays: [productIds, rest] }, limit] },
              updatedAt: '$$NOW',
            },
          },
        ],
        { upsert: true, updatePipeline: true },
      )
    },
    async remove(userId, productId) {
      await wishlists.updateOne({ _id: userId }, { $pull: { productIds: productId } })
    },
    async removeUser(userId, session) {
      await wishlists.deleteOne({ _id: userId }, { session })
    },
  }
}
