import { SandboxDeliveries, SandboxState } from '@vitrine/contracts/sandbox'
import { PaymentTrace, TestedOrders, TestedTrace } from '@vitrine/contracts/traces'
import { z } from 'zod'
import { problem } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { findPaymentConfig } from '#app/server/shop.server.ts'

const BASE = '/internal/stripe-sandbox'
const SHOWN = 10

/** The tester's page exists in sandbox mode alone: 404 with a key of Stripe's. */
export async function requireSandbox(request: Request): Promise<void> {
  const config = await findPaymentConfig(request)
  // A payment service that is away, perhaps by a switch of this very page, must not lock the tester out.
  const isSandbox = config ? config.mode === 'sandbox' : (await findSandbox(request)) !== null
  if (!isSandbox) problem(request, 404, 'not_found', 'Test cards are for the sandbox only.')
}

/** How the sandbox is bent now and its last webhooks; null while it is away. */
export async function findSandbox(request: Request) {
  try {
    const [state, deliveries] = await Promise.all([
      api(request).get(SandboxState, `${BASE}/state`),
      api(request).get(SandboxDeliveries, `${BASE}/deliveries?limit=${SHOWN}`),
    ])
    return { state, deliveries: deliveries.items }
  } catch {
    return null
  }
}

/** The latest orders, without their buyers; null while they cannot be read. */
export const findTestedOrders = (request: Request) =>
  api(request)
    .get(TestedOrders, '/internal/orders/testing')
    .then(
      ({ items }) => items,
      () => null,
    )

/** All that is recorded of an order and of its payment, which may not be there or away (null). */
export async function readTested(request: Request, orderId: string) {
  const id = encodeURIComponent(orderId)
  const [tested, payment] = await Promise.all([
    api(request).get(TestedTrace, `/internal/orders/testing/${id}`),
    api(request)
      .get(PaymentTrace, `/internal/payments/testing/${id}`)
      .catch(() => null),
  ])
  return { ...tested, payment }
}

/** Bends the sandbox. The address is known inside the mesh only. */
export const bendSandbox = (request: Request, control: string, body: object): Promise<unknown> =>
  api(request).post(z.unknown(), `${BASE}/${control}`, body)
