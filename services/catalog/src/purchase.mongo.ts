import { type Connection, Schema } from 'mongoose'
import { productModel } from './product.schema.mongo.ts'
import type { PurchaseRepository } from './purchase.repository.ts'

interface PurchaseDoc {
  _id: string
  userId: string
  productId: string
  orderId: string
  at: Date
}

const schema = new Schema<PurchaseDoc>(
  { _id: String, userId: String, productId: String, orderId: String, at: Date },
  { collection: 'purchases', versionKey: false },
)
schema.index({ userId: 1, productId: 1 })
schema.index({ orderId: 1 })

export function mongoPurchaseRepository(connection: Connection): PurchaseRepository {
  const purchases = connection.model<PurchaseDoc>('Purchase', schema)
  const products = productModel(connection)
  return {
    hasBought: async (userId, productId) => (await purchases.exists({ userId, productId })) !== null,
    async add({ userId, orderId, skus, at }, session) {
      const bought = await products.find({ 'variants.sku': { $in: skus } }, { _id: 1 }, { session }).lean()
      for (const { _id: productId } of bought)
        await purchases.updateOne(
          { _id: `${orderId}/${productId}` },
          { $setOnInsert: { userId, productId, orderId, at } },
          { upsert: true, session },
        )
    },
    async removeOrder(orderId, session) {
      await purchases.deleteMany({ orderId }, { session })
    },
    async removeUser(userId, session) {
      await purchases.deleteMany({ userId }, { session })
    },
  }
}
