import { KeptData } from '@vitrine/contracts/personal-data'
import type { ServiceClient } from '@vitrine/kernel/http'

/** What auth asks of other services. */
export interface Neighbours {
  /** All that each of them keeps about one person. */
  listKept(person: { userId: string; email: string }, requestId: string): Promise<Record<Keeper, KeptData['items']>>
}

const KEEPERS = { orders: 'orders', reviews: 'catalog', messages: 'notifications', carts: 'cart' } as const
type Keeper = keyof typeof KEEPERS

export function createNeighbours(client: ServiceClient): Neighbours {
  return {
    async listKept({ userId, email }, requestId) {
      const ask = async (keeper: Keeper) => {
        const service = KEEPERS[keeper]
        const path = `/internal/${service}/people/${userId}?email=${encodeURIComponent(email)}`
        const { items } = await client.call(KeptData, { service, method: 'GET', path, requestId, timeoutMs: 5000 })
        return items
      }
      const [orders, reviews, messages, carts] = await Promise.all([
        ask('orders'),
        ask('reviews'),
        ask('messages'),
        ask('carts'),
      ])
      return { orders, reviews, messages, carts }
    },
  }
}
