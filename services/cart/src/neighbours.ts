import { type PromotionEvaluation, PromotionOutcome } from '@vitrine/contracts/promotions'
import { CartHold, type CartHoldInput, type SellableVariant, SellableVariants } from '@vitrine/contracts/reservations'
import type { ServiceClient } from '@vitrine/kernel/http'

/** What the catalog says of some lines, and until when it holds them for the cart. */
export interface Shelf {
  variants: Map<string, SellableVariant>
  heldUntil: string | null
}

/** What cart asks of the other services. */
export function createNeighbours(client: ServiceClient) {
  return {
    /** Today's price and stock of every sku, in one call. What these carts hold counts as available. */
    async variants(skus: string[], requestId: string, ...cartIds: string[]): Promise<Shelf> {
      if (skus.length === 0) return { variants: new Map(), heldUntil: null }
      const own = cartIds.length > 0 ? `&cartId=${cartIds.map(encodeURIComponent).join(',')}` : ''
      const path = `/internal/catalog/variants?skus=${skus.map(encodeURIComponent).join(',')}${own}`
      const call = { service: 'catalog' as const, method: 'GET' as const, path, requestId }
      const { items, heldUntil = null } = await client.call(SellableVariants, call)
      return { variants: new Map(items.map((variant) => [variant.sku, variant])), heldUntil }
    },
    /** Makes a cart hold these lines; out_of_stock when the strict one cannot be had. Safe to repeat. */
    hold: (cartId: string, body: CartHoldInput, requestId: string) =>
      client.call(CartHold, {
        service: 'catalog',
        method: 'PUT',
        path: `/internal/catalog/holds/${encodeURIComponent(cartId)}`,
        body,
        requestId,
      }),
    evaluate: (body: PromotionEvaluation, requestId: string) =>
      client.call(PromotionOutcome, {
        service: 'orders',
        method: 'POST',
        path: '/internal/orders/promotions/evaluate',
        body,
        requestId,
      }),
  }
}

export type Neighbours = ReturnType<typeof createNeighbours>
