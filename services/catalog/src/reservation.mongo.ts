import type { Reservation, ReservationInput, SkuQuantity } from '@vitrine/contracts/reservations'
import { conflict } from '@vitrine/kernel/errors'
import { newId } from '@vitrine/kernel/ids'
import { isDuplicateKey, withTransaction } from '@vitrine/kernel/mongo'
import { isBroken, reach } from '@vitrine/kernel/test.switches'
import { createTurns } from '@vitrine/kernel/turns'
import type { ClientSession, Connection } from 'mongoose'
import { CART_HOLD, endCartHold } from './hold.mongo.ts'
import {
  type MovementDoc,
  type ReservationDoc,
  reservationModel,
  type StockDoc,
  stockModel,
} from './stock.models.mongo.ts'
import type { StockRepository } from './stock.repository.ts'
import { mergeLines } from './stock.rules.ts'

type ReservationPart = Pick<
  StockRepository,
  'findReservation' | 'reserve' | 'release' | 'commit' | 'takeBack' | 'listOverdue'
>

/** Expiry of an order that was closed before anything was held: later than any real one, so it stays closed. */
const CLOSED_FOR_GOOD = new Date('9999-01-01T00:00:00Z')

const toReservation = (doc: ReservationDoc): Reservation => ({
  orderId: doc._id,
  status: doc.status,
  lines: doc.lines.map(({ sku, quantity }) => ({ sku, quantity })),
  expiresAt: doc.expiresAt.toISOString(),
})

/** The condition on a line's stock and what then happens to it. */
type StockChange = (quantity: number) => { guard: object; inc: Record<string, number> }

export function mongoReservations(connection: Connection): ReservationPart {
  const stocks = stockModel(connection)
  const reservations = reservationModel(connection)
  /** Past Mongoose, for what every order does: there is nothing to cast. */
  const rows = connection.collection<ReservationDoc>('reservations')
  const inTurn = createTurns()
  const inSession = <T>(session: ClientSession | undefined, work: (session: ClientSession) => Promise<T>) =>
    session ? work(session) : withTransaction(connection, work)

  async function refuse(lines: SkuQuantity[]): Promise<never> {
    const rows = await stocks.find({ _id: { $in: lines.map((line) => line.sku) } }, { available: 1 }).lean()
    const available = new Map(rows.map((row) => [row._id, row.available]))
    const short = lines
      .filter((line) => (available.get(line.sku) ?? 0) < line.quantity)
      .map(({ sku }) => ({ sku, available: available.get(sku) ?? 0 }))
    throw conflict('out_of_stock', 'There is not enough of this left.', {
      lines: short,
      available: short[0]?.available ?? 0,
    })
  }

  /** Applies `change` to each line's stock where `guard` holds, in one round trip; false when a line refuses. */
  async function changeAll(lines: SkuQuantity[], session: ClientSession, change: StockChange): Promise<boolean> {
    if (lines.length === 0) return true
    const updates = lines.map(({ sku, quantity }) => {
      const { guard, inc } = change(quantity)
      const update = { $inc: inc, $currentDate: { updatedAt: true as const } }
      return { updateOne: { filter: { _id: sku, ...guard }, update } }
    })
    const options = { session, bypassDocumentValidation: isBroken('reserve-without-condition') }
    const { matchedCount } = await connection.collection<StockDoc>('stock').bulkWrite(updates, options)
    return matchedCount === lines.length
  }

  const hold = (quantity: number) => ({
    guard: isBroken('reserve-without-condition') ? {} : { available: { $gte: quantity } },
    inc: { available: -quantity, reserved: quantity },
  })
  const giveBack = (quantity: number) => ({
    guard: { reserved: { $gte: quantity } },
    inc: { available: quantity, reserved: -quantity },
  })
  const sellHeld = (quantity: number) => ({
    guard: { reserved: { $gte: quantity } },
    inc: { onHand: -quantity, reserved: -quantity, sold: quantity },
  })
  const sellFree = (quantity: number) => ({
    guard: { available: { $gte: quantity } },
    inc: { onHand: -quantity, available: -quantity, sold: quantity },
  })

  const unsell = (quantity: number) => ({
    guard: { sold: { $gte: quantity } },
    inc: { onHand: quantity, available: quantity, sold: -quantity },
  })

  async function record(
    entry: { type: 'IN' | 'OUT'; reason: string },
    lines: SkuQuantity[],
    now: Date,
    session: ClientSession,
  ): Promise<void> {
    const wanted = { _id: { $in: lines.map((line) => line.sku) } }
    const rows = await connection.collection<StockDoc>('stock').find(wanted, { session }).toArray()
    const onHand = new Map(rows.map((row) => [row._id, row.onHand]))
    const ledger = lines.map(({ sku, quantity }) => ({
      _id: newId('mov'),
      sku,
      ...entry,
      quantity,
      actor: 'system',
      onHand: onHand.get(sku) ?? 0,
      at: now,
    }))
    await connection.collection<MovementDoc>('movements').insertMany(ledger, { session })
  }

  async function tryReserve(
    input: ReservationInput,
    lines: SkuQuantity[],
    now: Date,
    isRepeat: boolean,
  ): Promise<Reservation | 'refused'> {
    const expiresAt = new Date(input.expiresAt)
    return withTransaction(connection, async (session) => {
      const earlier = isRepeat ? await reservations.findById(input.orderId, null, { session }).lean() : null
      if (earlier && (earlier.status !== 'released' || earlier.expiresAt >= expiresAt)) return toReservation(earlier)
      const doc: ReservationDoc = { _id: input.orderId, status: 'active', lines, expiresAt, updatedAt: now }
      if (earlier) await reservations.replaceOne({ _id: input.orderId }, doc, { session })
      else await rows.insertOne(doc, { session })
      if (input.cartId) await endCartHold(connection, input.cartId, session)
      if (await changeAll(lines, session, hold)) return toReservation(doc)
      await session.abortTransaction()
      return 'refused'
    })
  }

  async function reserve(input: ReservationInput, now: Date, isRepeat = false): Promise<Reservation> {
    const lines = mergeLines(input.lines)
    const skus = lines.map((line) => line.sku)
    try {
      const reserved = await inTurn(skus, () => tryReserve(input, lines, now, isRepeat))
      reach('stock-reserved')
      return reserved === 'refused' ? await refuse(lines) : reserved
    } catch (error) {
      // The same order was reserved before, or by a parallel call: its answer is ours.
      if (isDuplicateKey(error)) return reserve(input, now, true)
      throw error
    }
  }

  async function release(orderId: string, now: Date, session: ClientSession): Promise<Reservation> {
    const held = await reservations
      .findOneAndUpdate(
        { _id: orderId, status: 'active' },
        { $set: { status: 'released', updatedAt: now } },
        { session, returnDocument: 'after' },
      )
      .lean()
    if (held) {
      if (!(await changeAll(held.lines, session, giveBack)))
        throw new Error(`Reservation ${orderId} held more than its stock.`)
      return toReservation(held)
    }
    const earlier = await reservations.findById(orderId, null, { session }).lean()
    if (earlier) return toReservation(earlier)
    const closed: ReservationDoc = {
      _id: orderId,
      status: 'released',
      lines: [],
      expiresAt: CLOSED_FOR_GOOD,
      updatedAt: now,
    }
    await reservations.create([closed], { session })
    return toReservation(closed)
  }

  async function sell(doc: ReservationDoc, from: StockChange, session: ClientSession): Promise<Reservation> {
    if (!(await changeAll(doc.lines, session, from)))
      throw conflict('out_of_stock', 'The hold on this order ended, and what it held is gone.')
    reach('stock-selling')
    await record({ type: 'OUT', reason: `Sold: order ${doc._id}` }, doc.lines, doc.updatedAt, session)
    return toReservation(doc)
  }

  return {
    async findReservation(orderId) {
      const doc = await reservations.findById(orderId).lean()
      return doc ? toReservation(doc) : null
    },
    reserve: (input, now) => reserve(input, now),
    release: (orderId, now, outer) => inSession(outer, (session) => release(orderId, now, session)),
    commit: (orderId, given, now, outer) =>
      inSession(outer, async (session) => {
        const held = await rows.findOneAndUpdate(
          { _id: orderId, status: 'active' },
          { $set: { status: 'committed', updatedAt: now } },
          { session, returnDocument: 'after' },
        )
        if (held) return sell(held, sellHeld, session)
        const earlier = await reservations.findById(orderId, null, { session }).lean()
        if (earlier?.status === 'committed') return toReservation(earlier)
        const lines = mergeLines(given ?? earlier?.lines ?? [])
        if (lines.length === 0) throw conflict('illegal_transition', 'Nothing was reserved for this order.')
        const expiresAt = earlier?.expiresAt ?? now
        const doc: ReservationDoc = { _id: orderId, status: 'committed', lines, expiresAt, updatedAt: now }
        await reservations.replaceOne({ _id: orderId }, doc, { session, upsert: true })
        return sell(doc, sellFree, session)
      }),
    takeBack: (orderId, now, outer) =>
      inSession(outer, async (session) => {
        const sold = await reservations
          .findOneAndUpdate(
            { _id: orderId, status: 'committed' },
            { $set: { status: 'released', updatedAt: now } },
            { session, returnDocument: 'after' },
          )
          .lean()
        if (!sold) return release(orderId, now, session)
        if (!(await changeAll(sold.lines, session, unsell)))
          throw new Error(`Order ${orderId} returns more than was sold.`)
        await record({ type: 'IN', reason: `Cancelled: order ${orderId}` }, sold.lines, now, session)
        return toReservation(sold)
      }),
    async listOverdue(before) {
      const docs = await reservations
        .find({ _id: { $not: CART_HOLD }, status: 'active', expiresAt: { $lt: before } }, { _id: 1 })
        .limit(200)
        .lean()
      return docs.map((doc) => doc._id)
    },
  }
}
