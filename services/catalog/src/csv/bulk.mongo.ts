import { conflict } from '@vitrine/kernel/errors'
import { newId } from '@vitrine/kernel/ids'
import type { ClientSession, Connection, mongo } from 'mongoose'
import type { Cause, NewProduct } from '../product.repository.ts'
import { type ProductDoc, productModel, toDoc, toRecord } from '../product.schema.mongo.ts'
import { mongoRevision } from '../revision.mongo.ts'
import { type MovementDoc, type StockDoc, stockModel, toStock } from '../stock.models.mongo.ts'
import type { KnownCatalog, ProductPlan } from './plan.ts'

const bySku = <T extends { sku: string }>(rows: T[]) => new Map(rows.map((row) => [row.sku, row]))

function productOf({ existing, draft }: ProductPlan, cause: Cause): NewProduct | null {
  if (!draft) return null
  if (existing) {
    const { revision: _old, ...before } = existing
    return { ...before, ...draft, version: existing.version + 1, updatedAt: cause.at }
  }
  return {
    id: newId('prd'),
    oldSlugs: [],
    pictures: [],
    ratingCounts: [0, 0, 0, 0, 0],
    popularity: 0,
    version: 1,
    createdBy: cause.actor,
    createdAt: cause.at,
    updatedAt: cause.at,
    ...draft,
  }
}

/** Reads and writes many products with their stock at once, inside the caller's transaction. */
export function mongoBulkCatalog(connection: Connection) {
  const products = productModel(connection)
  const stocks = stockModel(connection)
  const revision = mongoRevision(connection)

  async function writeProducts(changed: NewProduct[], next: number, session: ClientSession): Promise<void> {
    if (changed.length === 0) return
    const operations = changed.map((product): mongo.AnyBulkWriteOperation<ProductDoc> => {
      const doc = toDoc(product, next)
      return product.version === 1
        ? { insertOne: { document: doc } }
        : { replaceOne: { filter: { _id: doc._id, version: product.version - 1 }, replacement: doc } }
    })
    const { insertedCount, matchedCount } = await connection
      .collection<ProductDoc>('products')
      .bulkWrite(operations, { session, ordered: false })
    if (insertedCount + matchedCount < changed.length)
      throw conflict('version_conflict', 'A product was changed while it was imported.')
  }

  async function writeStock(
    { opened, moved }: Pick<ProductPlan, 'opened' | 'moved'>,
    cause: Cause,
    next: number,
    session: ClientSession,
  ): Promise<void> {
    const operations: mongo.AnyBulkWriteOperation<StockDoc>[] = [
      ...opened.map(({ sku, onHand }) => ({
        insertOne: { document: { _id: sku, onHand, reserved: 0, available: onHand, sold: 0, revision: next } },
      })),
      ...moved.map(({ sku, delta }) => ({
        updateOne: {
          filter: { _id: sku, available: { $gte: -delta } },
          update: { $inc: { onHand: delta, available: delta }, $set: { revision: next } },
        },
      })),
    ]
    if (operations.length === 0) return
    const { insertedCount, matchedCount } = await connection
      .collection<StockDoc>('stock')
      .bulkWrite(operations, { session, ordered: false })
    if (insertedCount + matchedCount < operations.length)
      throw conflict('out_of_stock', 'Stock was sold while it was imported.')
    const entry = (sku: string, onHand: number, type: 'IN' | 'ADJUST', quantity: number) => ({
      _id: newId('mov'),
      sku,
      type,
      quantity,
      reason: 'CSV import',
      actor: cause.actor,
      onHand,
      at: cause.at,
    })
    const ledger = [
      ...opened.filter((one) => one.onHand > 0).map((one) => entry(one.sku, one.onHand, 'IN', one.onHand)),
      ...moved.map((one) => entry(one.sku, one.onHand, 'ADJUST', one.delta)),
    ]
    if (ledger.length > 0) await connection.collection<MovementDoc>('movements').insertMany(ledger, { session })
  }

  return {
    async load({ skus, slugs }: { skus: string[]; slugs: string[] }, session: ClientSession): Promise<KnownCatalog> {
      const docs = await products
        .find({ $or: [{ 'variants.sku': { $in: skus } }, { slug: { $in: slugs } }] }, null, { session })
        .lean()
      const records = docs.map(toRecord)
      const own = records.flatMap((record) => record.variants.map(({ sku }) => [sku, record] as const))
      const levels = await stocks.find({ _id: { $in: skus } }, null, { session }).lean()
      const categories = await connection.model<{ slug: string }>('Category').find({}, { slug: 1 }, { session }).lean()
      return {
        bySku: new Map(own),
        bySlug: new Map(records.map((record) => [record.slug, record])),
        stock: bySku(levels.map(toStock)),
        categories: new Set(categories.map(({ slug }) => slug)),
      }
    },
    async write(plans: ProductPlan[], cause: Cause, session: ClientSession): Promise<void> {
      const changed = plans.flatMap((plan) => productOf(plan, cause) ?? [])
      const opened = plans.flatMap((plan) => plan.opened)
      const moved = plans.flatMap((plan) => plan.moved)
      if (changed.length + opened.length + moved.length === 0) return
      const next = await revision.bump(session)
      await writeProducts(changed, next, session)
      await writeStock({ opened, moved }, cause, next, session)
    },
  }
}
