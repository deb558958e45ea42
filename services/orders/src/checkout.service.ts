import type { CheckoutInput, CheckoutReply } from '@vitrine/contracts/orders'
import type { PaymentHandle } from '@vitrine/contracts/payment-intents'
import { AppError, conflict, invalidInput, unavailable } from '@vitrine/kernel/errors'
import { hashToken, newToken } from '@vitrine/kernel/ids'
import type { Failpoint } from '@vitrine/kernel/test.switches'
import { isOutcomeUnknown, type Neighbours } from './neighbours.ts'
import { type Checkout, toOrderRecord } from './order.draft.ts'
import type { AccessRepository, OrderRepository, Session } from './order.repository.ts'
import type { Cause, OrderRecord } from './order.ts'
import { toOrder } from './order.view.ts'
import type { PromotionService } from './promotion.service.ts'
import type { PricedCart, QuoteService } from './quote.service.ts'
import { refusalOf, toRefusal } from './refusal.rules.ts'
import type { SettlementService } from './settlement.service.ts'

export interface CheckoutDeps {
  orders: OrderRepository
  access: AccessRepository
  quotes: QuoteService
  promotions: Pick<PromotionService, 'claim'>
  settlement: SettlementService
  neighbours: Pick<Neighbours, 'reserve' | 'createIntent' | 'cancelIntent'>
  holdMinutes: number
  reach: Failpoint
}

export const TOKEN_DAYS = 30
const DAY_MS = 86_400_000

/**
 * The saga of a checkout: freeze, hold stock, ask for a payment intent. Each step is safe to repeat with the same
 * order id, so a crashed attempt simply runs again.
 */
export function createCheckoutService(deps: CheckoutDeps) {
  const { orders, access, quotes, promotions, settlement, neighbours, reach } = deps

  function requireSellable(
    { cart, quote, short, unsellable }: PricedCart,
    input: CheckoutInput,
    hasEarlier: boolean,
  ): void {
    if (cart.lines.length === 0) throw conflict('conflict', 'The basket is empty.', { reason: 'cart_empty' })
    const gone = unsellable.map((sku) => ({ sku, available: 0 }))
    // An earlier order of this cart may hold what seems to be missing; the reservation decides then.
    const lines = hasEarlier ? gone : [...gone, ...short]
    if (lines.length > 0) {
      const details = { lines, sku: lines[0]?.sku, available: lines[0]?.available }
      throw conflict('out_of_stock', 'Something in the basket is no longer available in this quantity.', details)
    }
    if (input.promotionCode && quote.promotionProblem) {
      throw conflict('promotion_invalid', quote.promotionProblem, { reason: quote.promotionProblem })
    }
    if (quote.shippingMethod !== input.shippingMethod) {
      throw invalidInput({ shippingMethod: ['This delivery is not offered for the country of the address.'] })
    }
    const { amount, currency } = input.expectedTotal
    if (amount !== quote.total.amount || currency !== quote.total.currency) {
      throw conflict('price_changed', 'The total has changed. Look at the new one before paying.', { quote, ...quote })
    }
  }

  function takeUse(code: string | null, { cartId, customerId, input }: Checkout) {
    if (!code) return undefined
    return (session: Session) => promotions.claim(code, { email: input.email, customerId, cartId }, session)
  }

  async function place(checkout: Checkout, cause: Cause): Promise<OrderRecord> {
    const { cartId, input, now } = checkout
    const [priced, open] = await Promise.all([quotes.price(input, checkout), orders.findOpenByCart(cartId)])
    let earlier = open
    requireSellable(priced, input, earlier !== null)
    for (let tries = 0; tries < 5; tries++) {
      if (earlier && earlier.id !== checkout.orderId) await settlement.supersede(earlier, cause, now)
      const order = toOrderRecord(checkout, priced, cause, deps.holdMinutes)
      const { id: orderId, number, email, total } = order
      const placed = { type: 'order.placed' as const, data: { orderId, number, cartId, email, total } }
      const outcome = await orders.place(order, [placed], takeUse(priced.limitedCode, checkout))
      if (outcome === 'placed') return order
      const same = await orders.find(checkout.orderId)
      if (same) return same
      earlier = await orders.findOpenByCart(cartId)
    }
    throw unavailable('The checkout of this basket', 1)
  }

  const closed = (order: OrderRecord) =>
    conflict('conflict', 'This checkout has ended. Start a new one.', { orderId: order.id, status: order.status })

  /** A definite refusal after the order was written: it is cancelled, intent first, stock after. */
  async function compensate(order: OrderRecord, error: unknown, cause: Cause, now: Date): Promise<never> {
    const isRefused = error instanceof AppError && !isOutcomeUnknown(error)
    // Should ending it fail too, the order waits in `cancelling` and the loop goes on; the buyer hears the first reason.
    if (isRefused && (await orders.find(order.id))?.status === 'pending') {
      const reason = { reason: 'Checkout failed', isAutomatic: true, refusal: toRefusal(error) }
      await settlement.cancel(order.id, reason, cause, now).catch(() => undefined)
    }
    throw error
  }

  async function holdStock(order: OrderRecord, requestId: string): Promise<void> {
    const lines = order.lines.map(({ sku, quantity }) => ({ sku, quantity }))
    const expiresAt = order.expiresAt.toISOString()
    const { status } = await neighbours.reserve(
      { orderId: order.id, lines, expiresAt, cartId: order.cartId },
      requestId,
    )
    if (status === 'released') throw closed(order)
  }

  const markAsked = (order: OrderRecord, cause: Cause) =>
    orders.modify(order, cause, (current) => {
      if (current.status !== 'pending') throw closed(current)
      return current.isIntentAsked ? null : { set: { isIntentAsked: true }, type: 'stock_held' }
    })

  /** The order may have been ended while its intent was being made: then the intent must not stay payable. */
  async function attachIntent(order: OrderRecord, payment: PaymentHandle, cause: Cause): Promise<OrderRecord> {
    const attached = await orders.modify(order, cause, (current) =>
      current.status === 'pending' && current.paymentIntentId === null
        ? { set: { paymentIntentId: payment.intentId }, type: 'payment_started' }
        : null,
    )
    if (attached.status === 'pending' || attached.status === 'confirmed') return attached
    await neighbours.cancelIntent(order.id, order.id)
    throw closed(attached)
  }

  async function issueToken(orderId: string, now: Date): Promise<string> {
    const accessToken = newToken()
    await access.grant(hashToken(accessToken), orderId, new Date(now.getTime() + TOKEN_DAYS * DAY_MS))
    return accessToken
  }

  return {
    async run(checkout: Checkout): Promise<CheckoutReply> {
      const { requestId, now } = checkout
      const cause = { actor: checkout.customerId ?? 'guest', cause: requestId }
      const known = checkout.isFirst ? null : await orders.find(checkout.orderId)
      const order = known ?? (await place(checkout, cause))
      if (order.status !== 'pending') throw refusalOf(order) ?? closed(order)
      reach('order-placed')
      try {
        await holdStock(order, requestId)
        reach('stock-held')
        const held = await markAsked(order, cause)
        const intent = { orderId: order.id, amount: order.total, email: order.email }
        const payment = await neighbours.createIntent(intent, requestId)
        reach('intent-created')
        const [ready, accessToken] = await Promise.all([attachIntent(held, payment, cause), issueToken(order.id, now)])
        return { order: toOrder(ready), accessToken, payment }
      } catch (error) {
        return compensate(order, error, cause, now)
      }
    },
    issueToken,
  }
}

export type CheckoutService = ReturnType<typeof createCheckoutService>
