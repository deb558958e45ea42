import type { SkuQuantity } from '@vitrine/contracts/reservations'
import { newId } from '@vitrine/kernel/ids'
import type { ClientSession, Connection } from '@vitrine/kernel/mongo'
import type { ReturnRepository } from './return.repository.ts'
import { movementModel, reservationModel, stockModel } from './stock.models.mongo.ts'

/** Goods that came back. The reservation forgets them too, so that cancelling later does not return them twice. */
export function mongoReturns(connection: Connection): ReturnRepository {
  const stocks = stockModel(connection)
  const reservations = reservationModel(connection)
  const movements = movementModel(connection)

  async function putBack({ sku, quantity }: SkuQuantity, orderId: string, now: Date, session: ClientSession) {
    const row = await stocks
      .findOneAndUpdate(
        { _id: sku, sold: { $gte: quantity } },
        { $inc: { onHand: quantity, available: quantity, sold: -quantity }, $currentDate: { updatedAt: true } },
        { session, returnDocument: 'after' },
      )
      .lean()
    if (!row) throw new Error(`Order ${orderId} returns more than was sold.`)
    const entry = { type: 'IN' as const, quantity, reason: `Returned: order ${orderId}`, actor: 'system' }
    await movements.create([{ _id: newId('mov'), sku, ...entry, onHand: row.onHand, at: now }], { session })
  }

  return {
    async takeIn(orderId, lines, now, session) {
      const sold = await reservations.findOne({ _id: orderId, status: 'committed' }, null, { session }).lean()
      if (!sold) return
      const left = new Map(sold.lines.map(({ sku, quantity }) => [sku, quantity]))
      for (const { sku, quantity } of lines) {
        const returned = Math.min(quantity, left.get(sku) ?? 0)
        if (returned === 0) continue
        left.set(sku, (left.get(sku) ?? 0) - returned)
        await putBack({ sku, quantity: returned }, orderId, now, session)
      }
      const kept = [...left].filter(([, quantity]) => quantity > 0).map(([sku, quantity]) => ({ sku, quantity }))
      await reservations.updateOne({ _id: orderId }, { $set: { lines: kept, updatedAt: now } }, { session })
    },
  }
}
