import type { Movement, MovementInput, Stock } from '@vitrine/contracts/inventory'
import { conflict, notFound } from '@vitrine/kernel/errors'
import { newId } from '@vitrine/kernel/ids'
import { withTransaction } from '@vitrine/kernel/mongo'
import type { Outbox } from '@vitrine/kernel/outbox'
import { keepStaffAct } from '@vitrine/kernel/staff-act'
import type { Connection } from 'mongoose'
import type { Cause } from './product.repository.ts'
import { mongoReservations } from './reservation.mongo.ts'
import { type MovementDoc, movementModel, type StockDoc, stockModel, toStock } from './stock.models.mongo.ts'
import type { StockRepository } from './stock.repository.ts'
import { deltaOf } from './stock.rules.ts'

/** Longer than mongod lets a transaction live (15 s), and clocks may differ: what was written before `upTo` but seen after it is told again. */
const OVERLAP_MS = 20_000

const toMovement = ({ _id, at, ...doc }: MovementDoc): Movement => ({ id: _id, ...doc, at: at.toISOString() })

/** Ledger rows are ordered by time, then id; a cursor names the last one seen. */
function afterMovement(cursor: string | null): object {
  const [at = '', id = ''] = Buffer.from(cursor ?? '', 'base64url')
    .toString()
    .split('|')
  const time = new Date(at)
  if (Number.isNaN(time.getTime())) return {}
  return { $or: [{ at: { $lt: time } }, { at: time, _id: { $lt: id } }] }
}

export function mongoStockRepository(connection: Connection, outbox: Outbox): StockRepository {
  const stocks = stockModel(connection)
  const movements = movementModel(connection)

  /** Past Mongoose: every list of the shop reads stock, and casting would cost more than the reading. */
  async function read(filter: Record<string, unknown>): Promise<Stock[]> {
    const rows = await connection
      .collection<StockDoc>('stock')
      .find(filter, { projection: { updatedAt: 0, revision: 0 } })
      .toArray()
    return rows.map(toStock)
  }

  async function refuse(sku: string): Promise<never> {
    const row = await stocks.findById(sku).lean()
    if (!row) throw notFound('SKU')
    throw conflict('out_of_stock', 'That would take more than is free.', {
      available: row.available,
      lines: [{ sku, available: row.available }],
    })
  }

  async function move(sku: string, movement: MovementInput, cause: Cause): Promise<Stock | null> {
    const delta = deltaOf(movement)
    return withTransaction(connection, async (session) => {
      const guard = delta < 0 ? { available: { $gte: -delta } } : {}
      const row = await stocks
        .findOneAndUpdate(
          { _id: sku, ...guard },
          { $inc: { onHand: delta, available: delta }, $currentDate: { updatedAt: true } },
          { session, returnDocument: 'after' },
        )
        .lean()
      if (!row) return null
      await movements.create(
        [{ _id: newId('mov'), sku, ...movement, actor: cause.actor, onHand: row.onHand, at: cause.at }],
        { session },
      )
      await outbox.add(
        session,
        'stock.adjusted',
        { sku, onHand: row.onHand, available: row.available },
        cause.requestId,
      )
      await keepStaffAct(outbox, session, cause.hand, {
        action: 'stock.moved',
        target: sku,
        before: { onHand: row.onHand - delta },
        after: { onHand: row.onHand, type: movement.type, reason: movement.reason },
      })
      return toStock(row)
    })
  }

  return {
    ...mongoReservations(connection),
    async findMany(skus) {
      const rows = skus.length === 0 ? [] : await read({ _id: { $in: skus } })
      return new Map(rows.map((row) => [row.sku, row]))
    },
    async listChangedSince(from, revision) {
      const askedAt = new Date()
      if (!from) return { items: await read({}), upTo: askedAt }
      const lately = { updatedAt: { $gt: new Date(from.getTime() - OVERLAP_MS) } }
      return { items: await read({ $or: [lately, { revision: { $gt: revision } }] }), upTo: askedAt }
    },
    async list({ lowAt, limit, cursor }) {
      const filter = lowAt === null ? {} : { available: { $lte: lowAt } }
      const after = cursor ? { _id: { $gt: cursor } } : {}
      const rows = await stocks
        .find({ ...filter, ...after })
        .sort({ _id: 1 })
        .limit(limit + 1)
        .lean()
      const items = rows.slice(0, limit).map(toStock)
      return {
        items,
        nextCursor: rows.length > limit ? (items.at(-1)?.sku ?? null) : null,
        total: await stocks.countDocuments(filter),
      }
    },
    async move(sku, movement, cause) {
      return (await move(sku, movement, cause)) ?? refuse(sku)
    },
    async listMovements(sku, { limit, cursor }) {
      const rows = await movements
        .find({ sku, ...afterMovement(cursor) })
        .sort({ at: -1, _id: -1 })
        .limit(limit + 1)
        .lean()
      const items = rows.slice(0, limit).map(toMovement)
      const last = items.at(-1)
      const nextCursor = rows.length > limit && last ? Buffer.from(`${last.at}|${last.id}`).toString('base64url') : null
      return { items, nextCursor }
    },
  }
}
