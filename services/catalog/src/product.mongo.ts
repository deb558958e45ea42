import { AppError, conflict } from '@vitrine/kernel/errors'
import { newId } from '@vitrine/kernel/ids'
import { isDuplicateKey, withTransaction } from '@vitrine/kernel/mongo'
import type { Outbox } from '@vitrine/kernel/outbox'
import { keepStaffAct } from '@vitrine/kernel/staff-act'
import type { ClientSession, Connection } from 'mongoose'
import type { Cause, NewProduct, ProductRepository, StockChange } from './product.repository.ts'
import { productModel, toDoc, toRecord } from './product.schema.mongo.ts'
import { mongoRevision } from './revision.mongo.ts'
import { movementModel, reservationModel, stockModel } from './stock.models.mongo.ts'

/** Names what is taken; anything else is passed on. */
function explainDuplicate(error: unknown): never {
  if (!isDuplicateKey(error)) throw error
  const what = String(error).includes('slug') ? 'slug' : 'sku'
  throw new AppError('conflict', `Another product already uses this ${what}.`, { field: what }, { cause: error })
}

/** What editors change of a product. */
const auditedPart = ({
  title,
  description,
  brand,
  category,
  status,
  slug,
  options,
  variants,
  ...rest
}: NewProduct) => ({
  title,
  description,
  brand,
  category,
  status,
  slug,
  options,
  variants,
  pictures: rest.pictures.map(({ id, alt }) => ({ id, alt })),
})

export function mongoProductRepository(connection: Connection, outbox: Outbox): ProductRepository {
  const products = productModel(connection)
  const revision = mongoRevision(connection)
  const stocks = stockModel(connection)
  const movements = movementModel(connection)
  const reservations = reservationModel(connection)

  /** Orders know what they hold and sold by SKU, so one that an order has had keeps its name. */
  async function rename(session: ClientSession, { from, to }: { from: string; to: string }): Promise<void> {
    const isOrdered = await reservations.exists({ 'lines.sku': from }).session(session)
    const stock = isOrdered
      ? null
      : await stocks.findOneAndDelete({ _id: from, reserved: 0, sold: 0 }, { session }).lean()
    if (!stock)
      throw conflict('conflict', 'Orders know this SKU, so it stays. Add a new variant instead.', { sku: from })
    await stocks.create([{ ...stock, _id: to, updatedAt: new Date() }], { session })
    await movements.updateMany({ sku: from }, { $set: { sku: to } }, { session })
  }

  async function changeStock(session: ClientSession, change: StockChange, cause: Cause): Promise<void> {
    for (const sku of change.closed) {
      const { deletedCount } = await stocks.deleteOne({ _id: sku, reserved: 0 }, { session })
      if (deletedCount === 0)
        throw conflict('conflict', 'Some of this variant is reserved by an order right now.', { sku })
    }
    for (const renamed of change.renamed ?? []) await rename(session, renamed)
    if (change.opened.length === 0) return
    const opened = change.opened.map(({ sku, onHand }) => ({
      _id: sku,
      onHand,
      reserved: 0,
      available: onHand,
      sold: 0,
      updatedAt: new Date(),
    }))
    await stocks.insertMany(opened, { session })
    const counted = change.opened.filter(({ onHand }) => onHand > 0)
    const ledger = counted.map(({ sku, onHand }) => ({
      _id: newId('mov'),
      sku,
      type: 'IN' as const,
      quantity: onHand,
      reason: 'First stock',
      actor: cause.actor,
      onHand,
      at: cause.at,
    }))
    await movements.insertMany(ledger, { session })
  }

  async function announce(session: ClientSession, product: NewProduct, cause: Cause): Promise<void> {
    await outbox.add(session, 'product.updated', { productId: product.id, version: product.version }, cause.requestId)
  }

  return {
    async find(idOrSlug) {
      const doc = await products.findOne({ $or: [{ _id: idOrSlug }, { slug: idOrSlug }] }).lean()
      return doc ? toRecord(doc) : null
    },
    findRevision: () => revision.find(),
    async listChangedSince(known) {
      const docs = await products.find({ revision: { $gt: known } }).lean()
      return docs.map(toRecord)
    },
    async *batches(size = 250) {
      let after = ''
      for (;;) {
        const docs = await products
          .find({ _id: { $gt: after } })
          .sort({ _id: 1 })
          .limit(size)
          .lean()
        if (docs.length === 0) return
        yield docs.map(toRecord)
        after = docs.at(-1)?._id ?? after
      }
    },
    async add(product, stock, cause) {
      await withTransaction(connection, async (session) => {
        await products.create([toDoc(product, await revision.bump(session))], { session })
        await changeStock(session, stock, cause)
        await announce(session, product, cause)
        const { id: target } = product
        const act = { action: 'product.created', target, before: null, after: auditedPart(product) }
        await keepStaffAct(outbox, session, cause.hand, act)
      }).catch(explainDuplicate)
    },
    async save(product, stock, cause) {
      const isSaved = await withTransaction(connection, async (session) => {
        const doc = toDoc(product, await revision.bump(session))
        const before = await products
          .findOneAndReplace({ _id: product.id, version: product.version - 1 }, doc, {
            session,
            returnDocument: 'before',
          })
          .lean()
        if (!before) {
          await session.abortTransaction()
          return false
        }
        await changeStock(session, stock, cause)
        await announce(session, product, cause)
        await keepStaffAct(outbox, session, cause.hand, {
          action: 'product.changed',
          target: product.id,
          before: auditedPart(toRecord(before)),
          after: auditedPart(product),
        })
        return true
      }).catch(explainDuplicate)
      return isSaved
    },
  }
}
