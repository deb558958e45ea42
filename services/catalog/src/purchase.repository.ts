import type { Transaction } from '@vitrine/kernel/mongo'

/** Who bought what, as the events of orders told: enough to know a verified buyer. */
export interface PurchaseRepository {
  hasBought(userId: string, productId: string): Promise<boolean>
  /** Safe to repeat. SKUs nobody sells any more are left out. */
  add(purchase: { userId: string; orderId: string; skus: string[]; at: Date }, transaction: Transaction): Promise<void>
  /** A cancelled order bought nothing. */
  removeOrder(orderId: string, transaction: Transaction): Promise<void>
  removeUser(userId: string, transaction: Transaction): Promise<void>
}
