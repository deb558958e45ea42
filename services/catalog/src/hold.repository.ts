import type { CartHold, CartHoldInput } from '@vitrine/contracts/reservations'

/** Stock held by carts, for shops that hold it from the moment something is put into the cart. */
export interface HoldRepository {
  /** Makes a cart hold these lines and no others. Safe to repeat; see the contract for what is refused. */
  set(cartId: string, input: CartHoldInput, now: Date): Promise<CartHold>
  find(cartId: string): Promise<CartHold>
  /** Gives back what carts hold beyond their time. Returns how many ended. */
  releaseExpired(now: Date): Promise<number>
}
