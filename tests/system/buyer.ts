import { call, state } from './edge.client.ts'

const ADDRESS = { name: 'Test Buyer', line1: 'Sample Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' }

export interface Placed {
  orderId: string
  accessToken: string
  intentId: string
  clientSecret: string
  total: { amount: number; currency: string }
}

/** A guest's cart with these lines; the id is what `X-Cart-Id` carries. */
export async function cartWith(lines: { sku: string; quantity: number }[]): Promise<string> {
  let cartId = ''
  for (const line of lines) {
    const headers: Record<string, string> = cartId ? { 'x-cart-id': cartId } : {}
    const reply = await call('/api/cart/lines', { method: 'POST', body: line, headers })
    if (reply.status >= 300) throw Object.assign(new Error(`cart: ${reply.text}`), { reply })
    cartId = reply.headers.get('x-cart-id') ?? reply.data.id
  }
  return cartId
}

export const checkoutBody = (email: string, total?: { amount: number; currency: string }) => ({
  email,
  shippingAddress: ADDRESS,
  shippingMethod: 'standard',
  ...(total ? { expectedTotal: total } : {}),
})

/** The checkout reply as it is, success or refusal. */
export async function checkout(cartId: string, email: string, key: string = crypto.randomUUID()) {
  const headers = { 'x-cart-id': cartId }
  const quote = await call('/api/orders/quote', { method: 'POST', headers, body: checkoutBody(email) })
  if (quote.status !== 200) return quote
  return call('/api/orders/checkout', {
    method: 'POST',
    headers: { ...headers, 'idempotency-key': key },
    body: checkoutBody(email, quote.data.total),
  })
}

export async function place(lines: { sku: string; quantity: number }[], email: string): Promise<Placed> {
  const reply = await checkout(await cartWith(lines), email)
  if (reply.status !== 201) throw Object.assign(new Error(`checkout: ${reply.text}`), { reply })
  const { order, accessToken, payment } = reply.data
  return {
    orderId: order.id,
    accessToken,
    intentId: payment.intentId,
    clientSecret: payment.clientSecret,
    total: order.total,
  }
}

/** Confirms the intent as Stripe's own tests do, with a test payment method by id. */
export async function pay(intentId: string, paymentMethod = 'pm_card_visa'): Promise<Response> {
  const { stripe } = state()
  if (!stripe) throw new Error('The mesh does not run in sandbox mode.')
  return fetch(`${stripe.url}/v1/payment_intents/${intentId}/confirm`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stripe.secretKey}`, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ payment_method: paymentMethod, return_url: `${state().edge}/checkout` }),
    signal: AbortSignal.timeout(10_000),
  })
}

export const orderOf = ({ orderId, accessToken }: Pick<Placed, 'orderId' | 'accessToken'>) =>
  call(`/api/orders/${orderId}`, { headers: { 'x-order-token': accessToken } })
