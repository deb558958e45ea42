import type { SkuQuantity } from '@vitrine/contracts/reservations'
import type { Transaction } from '@vitrine/kernel/mongo'

export interface ReturnRepository {
  /** Puts returned lines of a sold order back on sale, never more than were sold; nothing for an order not sold. */
  takeIn(orderId: string, lines: SkuQuantity[], now: Date, transaction: Transaction): Promise<void>
}
