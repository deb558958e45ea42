import { isGaveUp, persist } from '../chaos/patience.ts'
import { checkoutBody, pay } from '../system/buyer.ts'
import { type Call, call, type Reply } from '../system/edge.client.ts'

export interface Paid {
  orderId: string
  accessToken: string
  email: string
  /** Cents. */
  amount: number
}

/** How a visit ended: with an order that was paid, or with the code of its refusal. */
export type Outcome = Paid | string

export const isPaid = (outcome: Outcome): outcome is Paid => typeof outcome !== 'string'

/** Many buyers of one product. */
export interface Throng {
  sku: string
  /** When they give up, ms since 1970. */
  deadline: number
  /** How often they had to ask for the same thing again, all together. */
  askedAgain: number
}

async function patiently<T extends { status: number; headers: Headers }>(
  throng: Throng,
  what: string,
  attempt: () => Promise<T>,
): Promise<T> {
  let asked = 0
  const reply = await persist(
    what,
    () => {
      asked += 1
      return attempt()
    },
    throng.deadline,
  )
  throng.askedAgain += asked - 1
  return reply
}

/** A repeated confirm is refused when the first one, whose answer was lost, took the money. */
async function isTaken(paid: Response): Promise<boolean> {
  const { error }: { error?: { payment_intent?: { status: string } } } = await paid.json()
  return paid.status === 200 || error?.payment_intent?.status === 'succeeded'
}

/** The code of a refusal; with its words where it is not the one that a throng must expect. */
const toldBy = ({ error: { code, message } }: Reply): string => (code === 'out_of_stock' ? code : `${code}: ${message}`)

/** One buyer of one piece from the empty cart to the payment; every step is asked for again with the same key. */
async function visit(throng: Throng, email: string): Promise<Outcome> {
  const ask = (path: string, options: Call) => patiently(throng, path, () => call(path, options))
  const filled = await ask('/api/cart/lines', { method: 'POST', body: { sku: throng.sku, quantity: 1 } })
  if (filled.status >= 300) return toldBy(filled)
  const headers = { 'x-cart-id': filled.headers.get('x-cart-id') ?? String(filled.data.id) }
  const quote = await ask('/api/orders/quote', { method: 'POST', headers, body: checkoutBody(email) })
  if (quote.status !== 200) return toldBy(quote)
  const placed = await ask('/api/orders/checkout', {
    method: 'POST',
    headers: { ...headers, 'idempotency-key': crypto.randomUUID() },
    body: checkoutBody(email, quote.data.total),
  })
  if (placed.status !== 201) return toldBy(placed)
  const { order, accessToken, payment } = placed.data
  const paid = await patiently(throng, 'payment', () => pay(payment.intentId))
  if (!(await isTaken(paid))) return `payment ${paid.status}`
  return { orderId: order.id, accessToken, email, amount: order.total.amount }
}

/** As `visit`; who had to wait for too long has an outcome of their own, so that the test tells of them. */
export const buyOne = (throng: Throng, email: string): Promise<Outcome> =>
  visit(throng, email).catch((error) => {
    if (isGaveUp(error)) return `gave up: ${error.message}`
    throw error
  })
