import { cartWith, checkoutBody, pay } from './buyer.ts'
import { call, state, until } from './edge.client.ts'

/** Repeats a call, with its own key, until the answer is no longer "try again". */
export async function persist<T>(
  what: string,
  attempt: () => Promise<T & { status: number }>,
): Promise<T & { status: number }> {
  return until(
    what,
    async () => {
      const reply = await attempt().catch(() => null)
      const isFinal =
        reply &&
        reply.status < 500 &&
        !(reply.status === 409 && 'headers' in reply && new Headers(reply.headers as Headers).has('retry-after'))
      return isFinal ? reply : null
    },
    60,
  )
}

export interface Bought {
  orderId: string
  accessToken: string
  /** Cents. */
  amount: number
}

/** A buyer who does not give up: every step is repeated with the same key until it is answered. */
export async function persistentBuyer(sku: string, email: string, { isPaying = true } = {}): Promise<Bought> {
  const cartId = await until('a cart', () => cartWith([{ sku, quantity: 1 }]).catch(() => null), 60)
  const headers = { 'x-cart-id': cartId }
  const quote = await persist('a quote', () =>
    call('/api/orders/quote', { method: 'POST', headers, body: checkoutBody(email) }),
  )
  const body = checkoutBody(email, quote.data.total)
  const key = crypto.randomUUID()
  const placed = await persist('an order', () =>
    call('/api/orders/checkout', { method: 'POST', headers: { ...headers, 'idempotency-key': key }, body }),
  )
  if (placed.status !== 201) throw new Error(`checkout: ${placed.status}`)
  const { order, accessToken, payment } = placed.data
  if (isPaying) await persist('a payment', () => pay(payment.intentId))
  return { orderId: order.id as string, accessToken: accessToken as string, amount: order.total.amount as number }
}

export interface Intent {
  id: string
  status: string
  amount_received: number
  metadata: { orderId?: string }
}

/** The payments that succeeded lately, straight from the sandbox. */
export async function succeededIntents(): Promise<Intent[]> {
  const { stripe } = state()
  const headers = { authorization: `Bearer ${stripe?.secretKey}` }
  const ask = () => fetch(`${stripe?.url}/v1/payment_intents?limit=100`, { headers }).catch(() => null)
  const reply = await until('the sandbox answers', ask)
  const { data }: { data: Intent[] } = await reply.json()
  return data.filter(({ status }) => status === 'succeeded')
}
