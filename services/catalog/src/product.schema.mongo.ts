import { type Connection, type Model, Schema } from 'mongoose'
import type { NewProduct, ProductRecord } from './product.repository.ts'

export type ProductDoc = Omit<ProductRecord, 'id'> & { _id: string }

const Mixed = Schema.Types.Mixed
const schema = new Schema<ProductDoc>(
  {
    _id: String,
    slug: String,
    oldSlugs: [String],
    title: String,
    description: String,
    brand: { type: String, default: null },
    category: String,
    status: String,
    options: [Mixed],
    variants: [Mixed],
    pictures: [Mixed],
    ratingCounts: [Number],
    popularity: Number,
    version: Number,
    revision: Number,
    createdBy: { type: String, default: null },
    createdAt: Date,
    updatedAt: Date,
  },
  { collection: 'products', versionKey: false, minimize: false, timestamps: false },
)
schema.index({ slug: 1 }, { unique: true })
schema.index({ 'variants.sku': 1 }, { unique: true })
schema.index({ oldSlugs: 1 })
schema.index({ revision: 1 })

export const productModel = (connection: Connection): Model<ProductDoc> =>
  // The name is registered with this schema alone, so the model found has its type.
  (connection.models.Product as Model<ProductDoc> | undefined) ?? connection.model<ProductDoc>('Product', schema)

export const toRecord = ({ _id, ...doc }: ProductDoc): ProductRecord => ({
  id: _id,
  ...doc,
  brand: doc.brand ?? null,
  createdBy: doc.createdBy ?? null,
})

export const toDoc = ({ id, ...product }: NewProduct, revision: number): ProductDoc => ({
  _id: id,
  ...product,
  revision,
})
