import type { OrderStats, OrdersQuery } from '@vitrine/contracts/orders'
import type { EventHandlers } from '@vitrine/kernel/consumer'
import type { StaffHand } from '@vitrine/kernel/staff-act'
import type { OrderChange, Outgoing } from './order.change.ts'
import type { Cause, OrderRecord } from './order.ts'

/** The transaction a change may join. */
export type Session = Parameters<NonNullable<EventHandlers['order.confirmed']>>[1]

/** What a loop looks for. */
export type Due = 'expiry' | 'settlement' | 'refunds'

export interface OrderFilter extends Omit<OrdersQuery, 'scope' | 'customer'> {
  customerId?: string
}

/** A customer by address or account; the order that `cartId` has open is not counted, it would be replaced. */
export interface PromotionUser {
  email?: string | undefined
  customerId?: string | null | undefined
  cartId?: string | undefined
}

export interface OrderRepository {
  /**
   * Writes a new order and its events together. Says which rule of uniqueness refused it. `before` runs in the same
   * transaction; what it throws leaves nothing written.
   */
  place(
    order: OrderRecord,
    events: Outgoing[],
    before?: (session: Session) => Promise<void>,
  ): Promise<'placed' | 'same_order' | 'cart_has_order' | 'number_taken'>
  find(id: string): Promise<OrderRecord | null>
  findByNumber(number: string): Promise<OrderRecord | null>
  findOpenByCart(cartId: string): Promise<OrderRecord | null>
  /**
   * Loads, decides, and saves unless somebody was faster (then it decides again). A null decision changes nothing.
   * An order just written or read may be given instead of its id; it is loaded only if it has changed since.
   * Throws not_found for an unknown id.
   */
  modify(
    order: string | OrderRecord,
    cause: Cause,
    decide: (order: OrderRecord) => OrderChange | null,
    session?: Session,
  ): Promise<OrderRecord>
  addNote(id: string, note: { at: Date; actor: string; text: string }, hand?: StaffHand | null): Promise<OrderRecord>
  list(filter: OrderFilter): Promise<{ items: OrderRecord[]; nextCursor: string | null; total: number }>
  /** Those that rest after a failed try are left out. */
  listDue(kind: Due, now: Date): Promise<OrderRecord[]>
  /** Lets an order rest until `until` after a try that failed. Any change to it ends the rest. */
  postpone(id: string, until: Date): Promise<void>
  /** Orders that use a code, in all and by one customer. */
  countPromotionUse(code: string, who: PromotionUser, session?: Session): Promise<{ total: number; byCustomer: number }>
  stats(from: Date, to: Date): Promise<OrderStats>
  ping(): Promise<void>
}

/** Guests open an order with a token; only its hash is kept. */
export interface AccessRepository {
  grant(tokenHash: string, orderId: string, expiresAt: Date): Promise<void>
  opens(tokenHash: string, orderId: string, now: Date): Promise<boolean>
  /** Counts one try at looking up an order number; how many in this hour, this one included. */
  countLookup(number: string, now: Date): Promise<number>
}
