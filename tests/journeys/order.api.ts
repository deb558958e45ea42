import { type APIRequestContext, expect } from '@playwright/test'

const ADDRESS = { name: 'Mara Test', line1: 'Sample Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' }

export interface MadeOrder {
  id: string
  number: string
  accessToken: string
}

/** A guest's order by API, for journeys that begin after the checkout. Express delivery is never free. */
export async function placeByApi(request: APIRequestContext, email: string, quantity = 1) {
  const { data: list } = await (await request.get('/api/catalog/products?inStock=true&limit=40')).json()
  const variants = list.items.flatMap((item: { variants: { sku: string; available: number }[] }) => item.variants)
  const { sku } = variants.find((variant: { available: number }) => variant.available > quantity + 2)
  const headers = {
    'x-cart-id': (await (await request.post('/api/cart/lines', { data: { sku, quantity } })).json()).data.id,
  }
  const body = { email, shippingAddress: ADDRESS, shippingMethod: 'express' }
  const quote = (await (await request.post('/api/orders/quote', { headers, data: body })).json()).data
  const reply = await request.post('/api/orders/checkout', {
    headers: { ...headers, 'idempotency-key': crypto.randomUUID() },
    data: { ...body, expectedTotal: quote.total },
  })
  expect(reply.status()).toBe(201)
  const { order, accessToken, payment } = (await reply.json()).data
  return { id: order.id, number: order.number, accessToken, payment } as MadeOrder & {
    payment: { intentId: string; clientSecret: string; publishableKey: string }
  }
}

/** Pays as the provider's script in the browser does, with a test payment method by id. */
export async function payByApi(
  request: APIRequestContext,
  { id, accessToken, payment }: Awaited<ReturnType<typeof placeByApi>>,
  method = 'pm_card_visa',
): Promise<void> {
  const paid = await request.post(`/stripe/v1/payment_intents/${payment.intentId}/confirm`, {
    headers: { authorization: `Bearer ${payment.publishableKey}` },
    form: { client_secret: payment.clientSecret, payment_method: method },
  })
  expect(paid.status()).toBe(200)
  const headers = { 'x-order-token': accessToken }
  const status = async () => (await (await request.get(`/api/orders/${id}`, { headers })).json()).data.status
  await expect.poll(status, { timeout: 30_000 }).toBe('confirmed')
}
