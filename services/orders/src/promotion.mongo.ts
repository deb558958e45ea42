import { conflict } from '@vitrine/kernel/errors'
import { isDuplicateKey, withTransaction } from '@vitrine/kernel/mongo'
import type { Outbox } from '@vitrine/kernel/outbox'
import { keepStaffAct } from '@vitrine/kernel/staff-act'
import { type Connection, Schema } from 'mongoose'
import type { PromotionRepository, StoredPromotion } from './promotion.repository.ts'

/** `locks` grows with every order that takes a limited code: a write that makes such orders wait for each other. */
type PromotionDoc = Omit<StoredPromotion, 'id'> & { _id: string; locks?: number }

const { Mixed } = Schema.Types
const schema = new Schema<PromotionDoc>(
  {
    _id: String,
    code: String,
    type: { type: String },
    value: Number,
    minimum: Mixed,
    startsAt: String,
    endsAt: String,
    usageLimit: Number,
    perCustomer: Number,
    scope: Mixed,
    createdAt: String,
    locks: Number,
  },
  { collection: 'promotions', versionKey: false },
)
schema.index({ code: 1 }, { unique: true })

const toPromotion = ({ _id, locks: _locks, ...rest }: PromotionDoc): StoredPromotion => ({ ...rest, id: _id })

export function mongoPromotionRepository(connection: Connection, outbox: Outbox): PromotionRepository {
  const promotions = connection.model<PromotionDoc>('Promotion', schema)
  return {
    async findByCode(code) {
      const doc = await promotions.findOne({ code }).lean<PromotionDoc>()
      return doc && toPromotion(doc)
    },
    async find(id) {
      const doc = await promotions.findById(id).lean<PromotionDoc>()
      return doc && toPromotion(doc)
    },
    async list() {
      const docs = await promotions.find().sort({ createdAt: -1, _id: 1 }).limit(500).lean<PromotionDoc[]>()
      return docs.map(toPromotion)
    },
    async add({ id, ...rest }, hand) {
      try {
        await withTransaction(connection, async (session) => {
          await promotions.create([{ ...rest, _id: id }], { session })
          const act = { action: 'promotion.created', target: id, before: null, after: rest }
          await keepStaffAct(outbox, session, hand, act)
        })
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
    async update(id, changes, hand) {
      const entries = Object.entries(changes).filter(([, value]) => value !== undefined)
      const $set = Object.fromEntries(entries.filter(([, value]) => value !== null))
      const $unset = Object.fromEntries(entries.filter(([, value]) => value === null).map(([name]) => [name, 1]))
      try {
        return await withTransaction(connection, async (session) => {
          const before = await promotions.findById(id, null, { session }).lean<PromotionDoc>()
          const after = await promotions
            .findByIdAndUpdate(id, { $set, $unset }, { session, returnDocument: 'after' })
            .lean<PromotionDoc>()
          if (!before || !after) return null
          const act = {
            action: 'promotion.changed',
            target: id,
            before: toPromotion(before),
            after: toPromotion(after),
          }
          await keepStaffAct(outbox, session, hand, act)
          return toPromotion(after)
        })
      } catch (error) {
        if (isDuplicateKey(error)) throw conflict('conflict', 'This code is taken.')
        throw error
      }
    },
    async lock(code, session) {
      const doc = await promotions
        .findOneAndUpdate({ code }, { $inc: { locks: 1 } }, { session, returnDocument: 'after' })
        .lean<PromotionDoc>()
      return doc && toPromotion(doc)
    },
    remove: (id, hand) =>
      withTransaction(connection, async (session) => {
        const before = await promotions.findByIdAndDelete(id, { session }).lean<PromotionDoc>()
        if (!before) return false
        const act = { action: 'promotion.removed', target: id, before: toPromotion(before), after: null }
        await keepStaffAct(outbox, session, hand, act)
        return true
      }),
  }
}
