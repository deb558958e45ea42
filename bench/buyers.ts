import { quantile } from 'simple-statistics'
import { processorTime } from './processor-time.ts'
import type { ShopState } from './shop.process.ts'
import type { Slice } from './slice.ts'

const ADDRESS = { name: 'Bench Buyer', line1: 'Sample Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' }
const BUYERS_AT_ONCE = 4

async function send(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const reply = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(10_000),
  })
  if (!reply.ok) throw new Error(`${url} answered ${reply.status}: ${await reply.text()}`)
  return reply
}

/** A guest's cart with one line: its id, for `X-Cart-Id`. */
export async function newCart(edge: string, sku: string): Promise<string> {
  const reply = await send(`${edge}/api/cart/lines`, { sku, quantity: 1 })
  const id = reply.headers.get('x-cart-id')
  if (!id) throw new Error('The cart service named no cart.')
  return id
}

/** From an empty cart to an order whose test card was charged; answers the time the checkout call took, in milliseconds. */
async function buy({ edge, stripe }: ShopState, sku: string): Promise<number> {
  const cart = { 'x-cart-id': await newCart(edge, sku) }
  const wish = { email: 'bench@buyers.test', shippingAddress: ADDRESS, shippingMethod: 'standard' }
  const quote = await (await send(`${edge}/api/orders/quote`, wish, cart)).json()
  const began = performance.now()
  const placed = await send(
    `${edge}/api/orders/checkout`,
    { ...wish, expectedTotal: quote.data.total },
    { ...cart, 'idempotency-key': crypto.randomUUID() },
  )
  const took = performance.now() - began
  const { payment } = (await placed.json()).data
  const paid = await fetch(`${stripe.url}/v1/payment_intents/${payment.intentId}/confirm`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stripe.secretKey}` },
    body: new URLSearchParams({ payment_method: 'pm_card_visa', return_url: edge }),
    signal: AbortSignal.timeout(10_000),
  })
  if (!paid.ok) throw new Error(`The sandbox answered ${paid.status}: ${await paid.text()}`)
  return took
}

/** Four buyers, each starting over as soon as paid. `perSecond` counts whole orders, the latencies are of the checkout call alone. */
export async function measureOrders(
  shop: ShopState,
  sku: string,
  seconds: number,
  pids: readonly number[],
): Promise<Slice> {
  const before = await processorTime(pids)
  const began = performance.now()
  const times: number[] = []
  let wrong = 0
  const shopping = async () => {
    while (performance.now() - began < seconds * 1000) {
      try {
        times.push(await buy(shop, sku))
      } catch (error) {
        if (wrong === 0) console.error(error)
        wrong += 1
      }
    }
  }
  await Promise.all(Array.from({ length: BUYERS_AT_ONCE }, shopping))
  const elapsed = (performance.now() - began) / 1000
  const spent = (await processorTime(pids)) - before
  const sample = times.length > 0 ? times : [0]
  return {
    perSecond: times.length / elapsed,
    p50: quantile(sample, 0.5),
    p99: quantile(sample, 0.99),
    cpu: spent / sample.length,
    wrong,
  }
}
