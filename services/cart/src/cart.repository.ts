import type { StoredCart } from './cart.ts'

export interface CartRepository {
  /** Reading keeps a cart alive for another 7 days. */
  find(id: string): Promise<StoredCart | null>
  /**
   * Loads, decides and saves; when somebody was faster it decides again on what is there then. `result` is whatever
   * the last decision answered. The decision sees null for a cart that does not exist.
   */
  update<T>(id: string, decide: (cart: StoredCart | null) => Decision<T>): Promise<T>
  /** Like `update` on `id`, and in the same step the cart `other` ends. */
  absorb<T>(id: string, other: string, decide: Absorb<T>): Promise<T>
  /** Like `update`, once per event: the mark and the change are one step. False when the event was seen. */
  updateOnce(id: string, eventId: string, decide: (cart: StoredCart) => StoredCart): Promise<boolean>
  /** Ends a cart; answers what it was, null when there was none. */
  remove(id: string): Promise<StoredCart | null>
  hasSeen(eventId: string): Promise<boolean>
  /** Every cart of everybody. */
  forgetAll(): Promise<void>
  ping(): Promise<void>
}

export interface Decision<T> {
  /** Null saves nothing. */
  cart: StoredCart | null
  result: T
}

export type Absorb<T> = (own: StoredCart | null, other: StoredCart | null) => Decision<T>
