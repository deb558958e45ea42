import { type PromotionEvaluation, PromotionOutcome } from '@vitrine/contracts/promotions'
import { type SellableVariant, SellableVariants } from '@vitrine/contracts/reservations'
import type { ServiceClient } from '@vitrine/kernel/http'

/** What cart asks of the other services. */
export function createNeighbours(client: ServiceClient) {
  return {
    /** Today's price and stock of every sku, in one call. */
    async variants(skus: string[], requestId: string): Promise<Map<string, SellableVariant>> {
      if (skus.length === 0) return new Map()
      const path = `/internal/catalog/variants?skus=${skus.map(encodeURIComponent).join(',')}`
      const { items } = await client.call(SellableVariants, { service: 'catalog', method: 'GET', path, requestId })
      return new Map(items.map((variant) => [variant.sku, variant]))
    },
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
