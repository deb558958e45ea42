import { page } from '@vitrine/contracts/envelope'
import { OrderSummary } from '@vitrine/contracts/orders'
import { api } from '#app/server/api.server.ts'

const OrderPage = page(OrderSummary)

/** The signed-in person's orders, newest first. */
export function listOwnOrders(request: Request, limit: number, cursor: string | null = null) {
  const params = new URLSearchParams({ limit: String(limit) })
  if (cursor) params.set('cursor', cursor)
  return api(request).get(OrderPage, `/api/orders?${params}`)
}
