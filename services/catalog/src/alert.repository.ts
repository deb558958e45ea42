import type { EventData } from '@vitrine/contracts/events'
import type { Transaction } from '@vitrine/kernel/mongo'

type BackInStock = EventData<'product.back_in_stock'>

/** Who wants to be told when a variant is back. One a person and variant. */
export interface AlertRepository {
  /** Safe to repeat. Beyond `limit` for one address nothing is kept. */
  add(alert: { sku: string; email: string; at: Date }, limit: number): Promise<void>
  /** Some SKUs that are waited for and can be bought again. */
  listAnswerable(limit: number): Promise<string[]>
  /** Ends every wait for a SKU, each with its event in one transaction. Returns how many were told. */
  answer(sku: string, product: Omit<BackInStock, 'email'>): Promise<number>
  remove(sku: string): Promise<void>
  removeEmail(email: string, transaction: Transaction): Promise<void>
}
