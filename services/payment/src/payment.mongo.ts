import { isDuplicateKey, withTransaction } from '@vitrine/kernel/mongo'
import type { Outbox } from '@vitrine/kernel/outbox'
import { type ClientSession, type Connection, Schema } from 'mongoose'
import type { PaymentRepository } from './payment.repository.ts'
import type { Payment, RefundRecord } from './payment.ts'

type PaymentDoc = Omit<Payment, 'orderId'> & { _id: string; checkedAt: Date }
type RefundDoc = Omit<RefundRecord, 'refundId'> & { _id: string }

const money = { type: new Schema({ amount: Number, currency: String }, { _id: false }), required: true }

const PaymentSchema = new Schema<PaymentDoc>(
  {
    _id: { type: String, required: true },
    intentId: { type: String, default: null },
    clientSecret: { type: String, default: null },
    status: { type: String, required: true },
    amount: money,
    email: { type: String, required: true },
    refunded: { type: Number, required: true },
    failure: { type: Schema.Types.Mixed, default: null },
    succeededAt: { type: Date, default: null },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    checkedAt: { type: Date, required: true },
    version: { type: Number, required: true },
  },
  { collection: 'payments', versionKey: false },
)
PaymentSchema.index({ intentId: 1 }, { unique: true, partialFilterExpression: { intentId: { $type: 'string' } } })
PaymentSchema.index({ status: 1, checkedAt: 1 })

const RefundSchema = new Schema<RefundDoc>(
  {
    _id: { type: String, required: true },
    orderId: { type: String, required: true },
    key: { type: String, default: null },
    amount: money,
    status: { type: String, required: true },
    reason: { type: String, default: '' },
    createdAt: { type: Date, required: true },
  },
  { collection: 'refunds', versionKey: false },
)
RefundSchema.index({ orderId: 1, key: 1 }, { unique: true, partialFilterExpression: { key: { $type: 'string' } } })
RefundSchema.index({ status: 1 })

const UNSETTLED: Payment['status'][] = [
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
  'processing',
  'requires_capture',
]

const toPayment = ({ _id, checkedAt: _checkedAt, ...rest }: PaymentDoc): Payment => ({ orderId: _id, ...rest })
const toRefund = ({ _id, ...rest }: RefundDoc): RefundRecord => ({ refundId: _id, ...rest })

export function mongoPaymentRepository(connection: Connection, outbox: Outbox): PaymentRepository {
  const Payments = connection.model<PaymentDoc>('Payment', PaymentSchema)
  const Refunds = connection.model<RefundDoc>('Refund', RefundSchema)
  /** Past Mongoose, for what every payment does: there is nothing to cast. */
  const rows = connection.collection<PaymentDoc>('payments')
  const STALE = new Error('The payment changed meanwhile.')

  /** Saves it if it is still the version it was decided on; how many documents that were. */
  async function update({ orderId, version, ...fields }: Payment, session: ClientSession | null): Promise<number> {
    const $set = { ...fields, version: version + 1 }
    const { matchedCount } = await rows.updateOne({ _id: orderId, version }, { $set }, session ? { session } : {})
    return matchedCount
  }

  return {
    async find(orderId) {
      const doc = await Payments.findById(orderId).lean<PaymentDoc>()
      return doc && toPayment(doc)
    },
    async findCheckedAt(orderId) {
      return (await Payments.findById(orderId, { checkedAt: 1 }).lean<PaymentDoc>())?.checkedAt ?? null
    },
    async findByIntent(intentId) {
      // Named as the partial index names it, without which MongoDB would not use that.
      const doc = await rows.findOne({ intentId: { $eq: intentId, $type: 'string' } })
      return doc && toPayment(doc)
    },
    async listByIntents(intentIds) {
      const docs = rows.find({ intentId: { $in: intentIds, $type: 'string' } })
      return (await docs.toArray()).map(toPayment)
    },
    async insert({ orderId, ...payment }) {
      try {
        const doc = { _id: orderId, checkedAt: payment.createdAt, ...payment }
        await rows.insertOne(doc)
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
    async save({ payment, refund, announcements = [] }) {
      // One document needs no transaction.
      if (!refund && announcements.length === 0) return (await update(payment, null)) === 1
      try {
        await withTransaction(connection, async (session) => {
          if ((await update(payment, session)) === 0) throw STALE
          if (refund) {
            const { refundId, ...rest } = refund
            await Refunds.updateOne({ _id: refundId }, { $set: rest }, { session, upsert: true })
          }
          for (const { type, data } of announcements) await outbox.add(session, type, data)
        })
        return true
      } catch (error) {
        if (error === STALE) return false
        throw error
      }
    },
    async listUnsettled({ olderThan, youngerThan, checkedBefore, now, limit }) {
      const docs = await Payments.find({
        status: { $in: UNSETTLED },
        intentId: { $type: 'string' },
        createdAt: { $lt: olderThan, $gt: youngerThan },
        checkedAt: { $lt: checkedBefore },
      })
        .sort({ checkedAt: 1 })
        .limit(limit)
        .lean<PaymentDoc[]>()
      await Payments.updateMany({ _id: { $in: docs.map(({ _id }) => _id) } }, { $set: { checkedAt: now } })
      return docs.map(toPayment)
    },
    async findRefund(refundId) {
      const doc = await Refunds.findById(refundId).lean<RefundDoc>()
      return doc && toRefund(doc)
    },
    async findRefundByKey(orderId, key) {
      const doc = await Refunds.findOne({ orderId, key: { $eq: key, $type: 'string' } }).lean<RefundDoc>()
      return doc && toRefund(doc)
    },
    async listRefunds(orderId) {
      return (await Refunds.find({ orderId }).sort({ createdAt: 1 }).lean<RefundDoc[]>()).map(toRefund)
    },
    async listOrdersWithPendingRefunds(limit) {
      const docs = await Refunds.find({ status: 'pending' }).limit(limit).lean<RefundDoc[]>()
      return [...new Set(docs.map(({ orderId }) => orderId))]
    },
  }
}
