import { Order } from '@vitrine/contracts/orders'
import { PaymentHandle } from '@vitrine/contracts/payment-intents'
import { api, isApiError } from '#app/server/api.server.ts'
import { readOrderToken } from '#app/server/order-cookies.server.ts'

const pathOf = (orderId: string) => `/api/orders/${encodeURIComponent(orderId)}`

/** An order of the visitor: their own, or one whose token this browser keeps. */
export function loadOrder(request: Request, orderId: string): Promise<Order> {
  return api(request).get(Order, pathOf(orderId), { orderToken: readOrderToken(request, orderId) })
}

/** What the browser needs to pay; null once there is nothing to pay any more. */
export async function findPayment(request: Request, orderId: string): Promise<PaymentHandle | null> {
  try {
    const orderToken = readOrderToken(request, orderId)
    return await api(request).get(PaymentHandle, `${pathOf(orderId)}/payment`, { orderToken })
  } catch (error) {
    if (isApiError(error, 'conflict', 'illegal_transition', 'not_found', 'unavailable')) return null
    throw error
  }
}

export function cancelOrder(request: Request, orderId: string): Promise<Order> {
  return api(request).post(Order, `${pathOf(orderId)}/cancel`, {}, { orderToken: readOrderToken(request, orderId) })
}
