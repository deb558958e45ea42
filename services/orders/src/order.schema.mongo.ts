import { Schema } from 'mongoose'
import type { OrderRecord } from './order.ts'

/** `openCartId` is there while the order holds its cart; the unique index allows one. */
export type OrderDoc = Omit<OrderRecord, 'id'> & { _id: string; openCartId?: string; isOwnerGone?: boolean }

const { Mixed } = Schema.Types
export const orderSchema = new Schema<OrderDoc>(
  {
    _id: String,
    number: String,
    status: String,
    paymentStatus: String,
    email: String,
    customerId: String,
    cartId: String,
    openCartId: String,
    isOwnerGone: Boolean,
    cartVersion: Number,
    lines: [Mixed],
    subtotal: Mixed,
    discount: Mixed,
    shipping: Mixed,
    tax: Mixed,
    taxIncluded: Boolean,
    total: Mixed,
    promotion: Mixed,
    addresses: Mixed,
    shippingMethod: String,
    shippingMethodName: String,
    shipment: Mixed,
    isIntentAsked: Boolean,
    paymentIntentId: String,
    refunds: [Mixed],
    refundedTotal: Mixed,
    refundRevision: { type: Number, default: 0 },
    timeline: [Mixed],
    notes: [Mixed],
    createdAt: Date,
    updatedAt: Date,
    expiresAt: Date,
    retries: { type: Number, default: 0 },
    retryAt: { type: Date, default: null },
    version: Number,
  },
  { collection: 'orders', versionKey: false, minimize: false, timestamps: false },
)
orderSchema.index({ number: 1 }, { unique: true })
orderSchema.index({ openCartId: 1 }, { unique: true, partialFilterExpression: { openCartId: { $type: 'string' } } })
orderSchema.index(
  { paymentIntentId: 1 },
  { unique: true, partialFilterExpression: { paymentIntentId: { $type: 'string' } } },
)
orderSchema.index({ customerId: 1, createdAt: -1, _id: -1 })
orderSchema.index({ createdAt: -1, _id: -1 })
orderSchema.index({ status: 1, createdAt: -1 })
orderSchema.index({ status: 1, expiresAt: 1 })
orderSchema.index({ 'refunds.status': 1 })
orderSchema.index({ 'promotion.code': 1 })
orderSchema.index({ email: 1 })
orderSchema.index({ isOwnerGone: 1 }, { partialFilterExpression: { isOwnerGone: true } })
