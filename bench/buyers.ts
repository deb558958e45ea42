import { quantile } from 'simple-statistics'
import { processorTimes } from './processor-time.ts'
import type { Shop, ShopState } from './shop.process.ts'
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
export async function newCart(edge: string, sku: string, headers: Record<string, string> = {}): Promise<string> {
  const reply = await send(`${edge}/api/cart/lines`, { sku, quantity: 1 }, headers)
  const id = reply.headers.get('x-cart-id')
  if (!id) throw new Error('The cart service named no cart.')
  return id
}

interface Bought {
  orderId: string
  token: string
  /** How long the checkout call took, in milliseconds. */
  took: number
}

/** From an empty cart to an order whose test card was charged. */
async function buy({ edge, stripe }: ShopState, sku: string, headers: Record<string, string>): Promise<Bought> {
  const cart = { ...headers, 'x-cart-id': await newCart(edge, sku, headers) }
  const wish = { email: 'bench@buyers.test', shippingAddress: ADDRESS, shippingMethod: 'standard' }
  const quote = await (await send(`${edge}/api/orders/quote`, wish, cart)).json()
  const began = performance.now()
  const placed = await send(
    `${edge}/api/orders/checkout`,
    { ...wish, expectedTotal: quote.data.total },
    { ...cart, 'idempotency-key': crypto.randomUUID() },
  )
  const took = performance.now() - began
  const { payment, order, accessToken } = (await placed.json()).data
  const paid = await fetch(`${stripe.url}/v1/payment_intents/${payment.intentId}/confirm`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stripe.secretKey}` },
    body: new URLSearchParams({ payment_method: 'pm_card_visa', return_url: edge }),
    signal: AbortSignal.timeout(10_000),
  })
  if (!paid.ok) throw new Error(`The sandbox answered ${paid.status}: ${await paid.text()}`)
  return { orderId: order.id, token: accessToken, took }
}

/** Waits until the order is confirmed, as a buyer's page does. */
async function untilConfirmed(
  edge: string,
  { orderId, token }: Bought,
  headers: Record<string, string>,
): Promise<void> {
  const deadline = performance.now() + 15_000
  for (;;) {
    const reply = await fetch(`${edge}/api/orders/${orderId}`, { headers: { ...headers, 'x-order-token': token } })
    if ((await reply.json()).data?.status === 'confirmed') return
    if (performance.now() > deadline) throw new Error(`Order ${orderId} was paid and is not confirmed.`)
    await Bun.sleep(250)
  }
}

export interface OrdersSlice extends Slice {
  /** Processor time of an order by service, in milliseconds. */
  byService: Map<string, number>
}

/**
 * Four buyers, each starting over as soon as paid, and then the wait until every order is confirmed. `perSecond` counts
 * confirmed orders, the latencies are of the checkout call alone.
 */
export async function measureOrders(
  shop: Shop,
  sku: string,
  seconds: number,
  headers: Record<string, string> = {},
): Promise<OrdersSlice> {
  const before = await processorTimes(shop.replicas)
  const began = performance.now()
  const bought: Bought[] = []
  let wrong = 0
  const noteWrong = (error: unknown) => {
    if (wrong === 0) console.error(error)
    wrong += 1
  }
  const shopping = async () => {
    while (performance.now() - began < seconds * 1000) {
      await buy(shop, sku, headers).then((one) => bought.push(one), noteWrong)
    }
  }
  await Promise.all(Array.from({ length: BUYERS_AT_ONCE }, shopping))
  // Events arrive in order, so that the others are rarely asked about twice.
  for (const one of bought.toReversed()) await untilConfirmed(shop.edge, one, headers).catch(noteWrong)
  const elapsed = (performance.now() - began) / 1000
  const after = await processorTimes(shop.replicas)
  const orders = Math.max(1, bought.length)
  const byService = new Map([...after].map(([name, time]) => [name, (time - (before.get(name) ?? 0)) / orders]))
  const sample = bought.length > 0 ? bought.map(({ took }) => took) : [0]
  return {
    count: bought.length,
    perSecond: bought.length / elapsed,
    p50: quantile(sample, 0.5),
    p99: quantile(sample, 0.99),
    cpu: [...byService.values()].reduce((sum, one) => sum + one, 0),
    wrong,
    byService,
  }
}
