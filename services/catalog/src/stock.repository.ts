import type { Movement, MovementInput, Stock } from '@vitrine/contracts/inventory'
import type { Reservation, ReservationInput, SkuQuantity } from '@vitrine/contracts/reservations'
import type { ClientSession } from '@vitrine/kernel/mongo'
import type { Cause } from './product.repository.ts'

export interface StockPage {
  items: Stock[]
  nextCursor: string | null
  total: number
}

/** Stock, its ledger and what is held for orders. Every write is one conditional update or one transaction. */
export interface StockRepository {
  findMany(skus: string[]): Promise<Map<string, Stock>>
  /**
   * Stock that changed since the last call's `upTo` (some of it perhaps told before), or was imported after
   * `revision` of the catalog. Everything when there is no last call.
   */
  listChangedSince(from: Date | null, revision: number): Promise<{ items: Stock[]; upTo: Date }>
  /** All stock, or what is at or below `lowAt`. */
  list(query: { lowAt: number | null; limit: number; cursor: string | null }): Promise<StockPage>
  /** Records a movement; out_of_stock when it would take what is not there or what is reserved. */
  move(sku: string, movement: MovementInput, cause: Cause): Promise<Stock>
  listMovements(
    sku: string,
    query: { limit: number; cursor: string | null },
  ): Promise<{ items: Movement[]; nextCursor: string | null }>
  findReservation(orderId: string): Promise<Reservation | null>
  /** Holds every line or none. Safe to repeat: the first answer stands, unless it was released and a later expiry is asked for. */
  reserve(input: ReservationInput, now: Date): Promise<Reservation>
  /** Gives back what is held. Safe to repeat; an order never seen is closed, so that a late reserve holds nothing. */
  release(orderId: string, now: Date, session?: ClientSession): Promise<Reservation>
  /** Turns what is held into sold. `lines` are taken from free stock when the hold was lost meanwhile. */
  commit(orderId: string, lines: SkuQuantity[] | null, now: Date, session?: ClientSession): Promise<Reservation>
  /** Puts a cancelled order's goods back: what is held is released, what was sold is taken in again. Safe to repeat. */
  takeBack(orderId: string, now: Date, session?: ClientSession): Promise<Reservation>
  /** Ids of orders whose hold ended before `before` and is still active. */
  listOverdue(before: Date): Promise<string[]>
}
