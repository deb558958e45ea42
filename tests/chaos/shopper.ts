import { checkoutBody } from '../system/buyer.ts'
import { type Call, call, type Reply, state, tokenOf } from '../system/edge.client.ts'
import type { History } from './history.ts'
import { isGaveUp, persist } from './patience.ts'
import type { ShopperPlan } from './plan.rules.ts'

interface Journey {
  plan: ShopperPlan
  skus: string[]
  history: History
  deadline: number
}

/** The parts of the replies that a shopper looks at; which of them are there depends on the call. */
interface Answer {
  id: string
  total: { amount: number; currency: string }
  order: { id: string }
  accessToken: string
  payment: { intentId: string }
}

interface Placed {
  orderId: string
  accessToken: string
  intentId: string
}

const emailOf = ({ name }: ShopperPlan) => `chaos-${name}@vitrine.test`

async function ask(journey: Journey, what: string, path: string, options: Call): Promise<Reply<Answer>> {
  const { history, plan, deadline } = journey
  const reply = await persist(what, () => call<Answer>(path, options), deadline)
  history.note(plan.name, reply.error ? `${what} (${reply.error.code})` : what, reply.status)
  return reply
}

async function fillCart(journey: Journey): Promise<string | null> {
  let cartId = ''
  for (const { product, quantity } of journey.plan.lines) {
    const headers: Record<string, string> = cartId ? { 'x-cart-id': cartId } : {}
    const body = { sku: journey.skus[product], quantity }
    const reply = await ask(journey, 'add to cart', '/api/cart/lines', { method: 'POST', body, headers })
    if (reply.status >= 300) return cartId || null
    cartId = reply.headers.get('x-cart-id') ?? String(reply.data.id)
  }
  return cartId
}

/** Places the order, with one key however often it takes; null when it is refused, as when sold out. */
async function place(journey: Journey, cartId: string): Promise<Placed | null> {
  const { plan, history } = journey
  const headers = { 'x-cart-id': cartId }
  const email = emailOf(plan)
  const quote = await ask(journey, 'quote', '/api/orders/quote', { method: 'POST', headers, body: checkoutBody(email) })
  if (quote.status !== 200) return null
  const options = {
    method: 'POST',
    headers: { ...headers, 'idempotency-key': `chaos-${plan.name}` },
    body: checkoutBody(email, quote.data.total),
  }
  const times = plan.habit === 'submits_twice' ? 2 : 1
  const replies = await Promise.all(
    Array.from({ length: times }, () => ask(journey, 'checkout', '/api/orders/checkout', options)),
  )
  const done = replies.filter(({ status }) => status === 201)
  for (const { data } of done) history.acknowledge({ orderId: data.order.id, email })
  const [first] = done
  if (!first) return null
  const { order, accessToken, payment } = first.data
  return { orderId: order.id, accessToken, intentId: payment.intentId }
}

/** One confirm by a published test card, as Stripe's own tests do it. */
async function confirm(journey: Journey, { intentId }: Placed, card: string): Promise<void> {
  const { stripe } = state()
  if (!stripe) throw new Error('Chaos needs the sandbox: unset STRIPE_SECRET_KEY.')
  const body = new URLSearchParams({ payment_method: card, return_url: 'http://localhost/back' })
  const attempt = async () => {
    const reply = await fetch(`${stripe.url}/v1/payment_intents/${intentId}/confirm`, {
      method: 'POST',
      headers: { authorization: `Bearer ${stripe.secretKey}` },
      body,
      signal: AbortSignal.timeout(8000),
    })
    await reply.arrayBuffer()
    return reply
  }
  const reply = await persist('a payment', attempt, journey.deadline)
  journey.history.note(journey.plan.name, `pay with ${card}`, reply.status)
}

const cancel = (journey: Journey, { orderId, accessToken }: Placed) =>
  ask(journey, 'cancel', `/api/orders/${orderId}/cancel`, {
    method: 'POST',
    headers: { 'x-order-token': accessToken },
    body: { reason: 'Changed my mind' },
  })

async function isConfirmed(journey: Journey, { orderId, accessToken }: Placed): Promise<boolean> {
  while (Date.now() < journey.deadline) {
    const headers = { 'x-order-token': accessToken }
    const reply = await call(`/api/orders/${orderId}`, { headers }).catch(() => null)
    if (reply?.data?.status === 'confirmed') return true
    await Bun.sleep(500)
  }
  return false
}

async function refund(journey: Journey, placed: Placed): Promise<void> {
  if (!(await isConfirmed(journey, placed))) return
  const token = await tokenOf('admin')
  const options = {
    method: 'POST',
    token,
    headers: { 'idempotency-key': `refund-${journey.plan.name}` },
    body: { amount: { amount: 500, currency: 'EUR' }, restock: false, reason: 'A scratch' },
  }
  await Promise.all([1, 2].map(() => ask(journey, 'refund', `/api/orders/${placed.orderId}/refunds`, options)))
}

const GOOD = 'pm_card_visa'

async function finish(journey: Journey, placed: Placed): Promise<void> {
  const pay = (card = GOOD) => confirm(journey, placed, card)
  switch (journey.plan.habit) {
    case 'pays':
    case 'submits_twice':
      await pay()
      return
    case 'pays_twice':
      await Promise.all([pay(), pay('pm_card_mastercard')])
      return
    case 'is_declined_then_pays':
      await pay('pm_card_visa_chargeDeclinedInsufficientFunds')
      await pay()
      return
    case 'gives_up_declined':
      await pay('pm_card_chargeDeclined')
      return
    case 'abandons_challenge':
      await pay('pm_card_authenticationRequired')
      return
    case 'cancels':
      await cancel(journey, placed)
      return
    case 'cancels_while_paying':
      await Promise.all([pay(), cancel(journey, placed)])
      return
    case 'pays_and_is_refunded':
      await pay()
      await refund(journey, placed)
      return
    case 'abandons':
    case 'leaves_basket':
      return
  }
}

/** Changes the basket a few times and goes: the last answer is what must be there in the end. */
async function leaveBasket(journey: Journey, cartId: string): Promise<void> {
  const sku = journey.skus[journey.plan.lines[0]?.product ?? 0] ?? ''
  for (const quantity of [2, 1, 2, 1]) {
    const options = { method: 'PATCH', body: { quantity }, headers: { 'x-cart-id': cartId } }
    const reply = await ask(journey, 'change the basket', `/api/cart/lines/${sku}`, options)
    if (reply.status === 200) journey.history.keepCart({ cartId, sku, quantity })
  }
}

/** One shopper from the empty cart to what their habit makes of it. */
export async function shop(journey: Journey): Promise<void> {
  try {
    const { name, habit } = journey.plan
    const cartId = await fillCart(journey)
    if (!cartId) return journey.history.end(name, 'sold out before the basket')
    if (habit === 'leaves_basket') {
      await leaveBasket(journey, cartId)
      return journey.history.end(name, 'left a basket')
    }
    const placed = await place(journey, cartId)
    if (placed) await finish(journey, placed)
    journey.history.end(name, placed ? habit.replaceAll('_', ' ') : 'refused at checkout')
  } catch (error) {
    if (!isGaveUp(error)) throw error
    journey.history.end(journey.plan.name, 'gave up', error.message)
  }
}
