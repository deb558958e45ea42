import type { CartHold } from '@vitrine/contracts/reservations'
import type { Clock } from '@vitrine/kernel/clock'
import { AppError } from '@vitrine/kernel/errors'
import type { StoredCart } from './cart.ts'
import type { Neighbours } from './neighbours.ts'

/** How carts hold stock, in shops that hold it before checkout. */
export interface CartHolds {
  /** Before a change is saved: the changed line must be had whole, or out_of_stock is thrown and nothing changes. */
  ask(cart: StoredCart, sku: string, requestId: string): Promise<CartHold>
  /** After a change that needs no asking: holds what there is. `from` is a cart that ended in this one. */
  follow(cart: StoredCart, requestId: string, from?: string): Promise<CartHold | null>
}

export function createCartHolds(deps: { neighbours: Neighbours; clock: Clock; minutes: number }): CartHolds {
  const inputOf = ({ version, lines }: StoredCart) => ({
    version,
    lines: lines.map(({ sku, quantity }) => ({ sku, quantity })),
    expiresAt: new Date(deps.clock.now().getTime() + deps.minutes * 60_000).toISOString(),
  })
  return {
    ask: (cart, strictSku, requestId) => deps.neighbours.hold(cart.id, { ...inputOf(cart), strictSku }, requestId),
    async follow(cart, requestId, from) {
      try {
        return await deps.neighbours.hold(cart.id, { ...inputOf(cart), ...(from ? { from } : {}) }, requestId)
      } catch (error) {
        // The cart stands as it was changed; what it held ends by itself.
        if (error instanceof AppError && error.code === 'unavailable') return null
        throw error
      }
    },
  }
}
