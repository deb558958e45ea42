import type { CartHold, CartHoldInput, SkuQuantity } from '@vitrine/contracts/reservations'
import { conflict } from '@vitrine/kernel/errors'
import { type ClientSession, type Connection, isDuplicateKey, withTransaction } from '@vitrine/kernel/mongo'
import { createTurns } from '@vitrine/kernel/turns'
import type { HoldRepository } from './hold.repository.ts'
import { type ReservationDoc, reservationModel, stockModel } from './stock.models.mongo.ts'
import { mergeLines } from './stock.rules.ts'

/** A cart's hold is a reservation under this name, so that all that is reserved stands in one collection. */
export const CART_HOLD = /^cart:/
const nameOf = (cartId: string) => `cart:${cartId}`
const SWEEP_AT_ONCE = 500

const toHold = (cartId: string, doc: Pick<ReservationDoc, 'lines' | 'expiresAt'> | null): CartHold => ({
  cartId,
  lines: (doc?.lines ?? []).map(({ sku, quantity }) => ({ sku, quantity })),
  expiresAt: doc?.expiresAt.toISOString() ?? null,
})

/** Moves stock between free and reserved; false when there is not enough of it. */
async function shift(connection: Connection, sku: string, by: number, session: ClientSession): Promise<boolean> {
  const guard = by > 0 ? { available: { $gte: by } } : { reserved: { $gte: -by } }
  const change = { $inc: { available: -by, reserved: by }, $currentDate: { updatedAt: true as const } }
  const { matchedCount } = await stockModel(connection).updateOne({ _id: sku, ...guard }, change, { session })
  return matchedCount > 0
}

/** Gives back what a cart holds, in the caller's transaction: an order that takes over holds it in the same step. */
export async function endCartHold(connection: Connection, cartId: string, session: ClientSession): Promise<void> {
  const held = await connection
    .collection<ReservationDoc>('reservations')
    .findOneAndDelete({ _id: nameOf(cartId) }, { session })
  for (const { sku, quantity } of held?.lines ?? [])
    if (!(await shift(connection, sku, -quantity, session)))
      throw new Error(`A cart held more of ${sku} than its stock.`)
}

export function mongoHoldRepository(connection: Connection): HoldRepository {
  const reservations = reservationModel(connection)
  const stocks = stockModel(connection)
  const inTurn = createTurns()

  /** How much of a line can be held: everything that is asked of the strict one, what there is of the others. */
  async function holdable({ sku, quantity }: SkuQuantity, had: number, isStrict: boolean, session: ClientSession) {
    if (quantity <= had) return quantity
    const free = (await stocks.findById(sku, { available: 1 }, { session }).lean())?.available ?? 0
    if (isStrict && had + free < quantity)
      throw conflict('out_of_stock', 'There is not enough of this left.', { sku, available: had + free })
    return Math.min(quantity, had + free)
  }

  async function trySet(cartId: string, input: CartHoldInput, now: Date): Promise<CartHold> {
    return withTransaction(connection, async (session) => {
      const known = await reservations.findById(nameOf(cartId), null, { session }).lean()
      if (known && (known.version ?? 0) > input.version) return toHold(cartId, known)
      if (input.from) await endCartHold(connection, input.from, session)
      const had = new Map((known?.lines ?? []).map(({ sku, quantity }) => [sku, quantity]))
      const wanted = new Map(mergeLines(input.lines).map(({ sku, quantity }) => [sku, quantity]))
      const lines: SkuQuantity[] = []
      for (const sku of [...new Set([...had.keys(), ...wanted.keys()])].sort()) {
        const asked = { sku, quantity: wanted.get(sku) ?? 0 }
        const before = had.get(sku) ?? 0
        const quantity = await holdable(asked, before, sku === input.strictSku, session)
        // What was read in this transaction cannot have changed when it commits.
        if (quantity !== before) await shift(connection, sku, quantity - before, session)
        if (quantity > 0) lines.push({ sku, quantity })
      }
      const _id = nameOf(cartId)
      const expiresAt = new Date(input.expiresAt)
      if (lines.length === 0) {
        await reservations.deleteOne({ _id }, { session })
        return toHold(cartId, null)
      }
      const doc: ReservationDoc = { _id, status: 'active', lines, expiresAt, updatedAt: now, version: input.version }
      if (known) await reservations.replaceOne({ _id }, doc, { session })
      else await reservations.create([doc], { session })
      return toHold(cartId, doc)
    })
  }

  return {
    async set(cartId, input, now) {
      const keys = [nameOf(cartId), ...input.lines.map(({ sku }) => sku)]
      try {
        return await inTurn(keys, () => trySet(cartId, input, now))
      } catch (error) {
        // A parallel call made this cart's hold first: decided again, on top of it.
        if (isDuplicateKey(error)) return trySet(cartId, input, now)
        throw error
      }
    },
    find: async (cartId) => toHold(cartId, await reservations.findById(nameOf(cartId)).lean()),
    async releaseExpired(now) {
      const overdue = await reservations
        .find({ _id: CART_HOLD, status: 'active', expiresAt: { $lt: now } }, { _id: 1 })
        .limit(SWEEP_AT_ONCE)
        .lean()
      for (const { _id } of overdue)
        await withTransaction(connection, async (session) => {
          const isStillOver = await reservations.exists({ _id, expiresAt: { $lt: now } }).session(session)
          if (isStillOver) await endCartHold(connection, _id.replace(CART_HOLD, ''), session)
        })
      return overdue.length
    },
  }
}
