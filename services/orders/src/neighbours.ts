import { CartSnapshot } from '@vitrine/contracts/cart'
import {
  IntentCancellation,
  type IntentInput,
  PaymentHandle,
  Refund,
  type RefundInput,
} from '@vitrine/contracts/payment-intents'
import { PaymentView } from '@vitrine/contracts/payments'
import { Reservation, type ReservationInput, SellableVariants } from '@vitrine/contracts/reservations'
import { AppError } from '@vitrine/kernel/errors'
import type { ServiceClient } from '@vitrine/kernel/http'

/** True when the callee may or may not have done it: such a call is repeated, never taken as refused. */
export const isOutcomeUnknown = (error: unknown): boolean =>
  !(error instanceof AppError) || error.code === 'unavailable' || error.code === 'internal'

/** What orders asks of the other services, in the words of orders. */
export function createNeighbours(client: ServiceClient) {
  return {
    cart: (cartId: string, requestId: string) =>
      client.call(CartSnapshot, {
        service: 'cart',
        method: 'GET',
        path: `/internal/cart/carts/${encodeURIComponent(cartId)}`,
        requestId,
      }),
    variants: (skus: string[], requestId: string, cartId?: string) =>
      client.call(SellableVariants, {
        service: 'catalog',
        method: 'GET',
        path: `/internal/catalog/variants?skus=${skus.map(encodeURIComponent).join(',')}${cartId ? `&cartId=${encodeURIComponent(cartId)}` : ''}`,
        requestId,
      }),
    reserve: (body: ReservationInput, requestId: string) =>
      client.call(Reservation, {
        service: 'catalog',
        method: 'POST',
        path: '/internal/catalog/reservations',
        body,
        requestId,
      }),
    release: (orderId: string, requestId: string) =>
      client.call(Reservation, {
        service: 'catalog',
        method: 'POST',
        path: `/internal/catalog/reservations/${orderId}/release`,
        requestId,
      }),
    createIntent: (body: IntentInput, requestId: string) =>
      client.call(PaymentHandle, {
        service: 'payments',
        method: 'POST',
        path: '/internal/payments/intents',
        body,
        idempotencyKey: body.orderId,
        requestId,
        timeoutMs: 5000,
      }),
    findIntent: (orderId: string, requestId: string) =>
      client.call(PaymentHandle, {
        service: 'payments',
        method: 'GET',
        path: `/internal/payments/intents/${orderId}`,
        requestId,
      }),
    cancelIntent: (orderId: string, requestId: string) =>
      client.call(IntentCancellation, {
        service: 'payments',
        method: 'POST',
        path: `/internal/payments/intents/${orderId}/cancel`,
        requestId,
        timeoutMs: 5000,
      }),
    payDemo: (body: IntentInput, requestId: string) =>
      client.call(PaymentView, {
        service: 'payments',
        method: 'POST',
        path: '/internal/payments/demo',
        body,
        idempotencyKey: body.orderId,
        requestId,
        timeoutMs: 5000,
      }),
    refund: (body: RefundInput, requestId: string) =>
      client.call(Refund, {
        service: 'payments',
        method: 'POST',
        path: '/internal/payments/refunds',
        body,
        idempotencyKey: body.key,
        requestId,
        timeoutMs: 5000,
      }),
  }
}

export type Neighbours = ReturnType<typeof createNeighbours>
