import type { CartSnapshot } from '@vitrine/contracts/cart'
import type { Quote, QuoteInput } from '@vitrine/contracts/orders'
import type { SellableVariant } from '@vitrine/contracts/reservations'
import type { ShippingRate, ShippingZone } from '@vitrine/contracts/shipping'
import { invalidInput } from '@vitrine/kernel/errors'
import type { Neighbours } from './neighbours.ts'
import type { PromotionUser } from './order.repository.ts'
import type { PromotionDecision } from './promotion.rules.ts'
import type { PromotionService } from './promotion.service.ts'
import type { RatesService } from './rates.service.ts'
import { freeFrom, methodsOf, priceOf, zoneOf } from './shipping.rules.ts'
import { mergeLines, type Totals, totalsOf } from './totals.rules.ts'

export interface QuoteServiceDeps {
  neighbours: Pick<Neighbours, 'cart' | 'variants'>
  promotions: Pick<PromotionService, 'decide'>
  rates: Pick<RatesService, 'get'>
  /** The country of a quote without an address. */
  shopCountry: string
}

/** Whose cart is priced, when and for which request. */
export interface QuoteContext {
  cartId: string
  customerId: string | null
  requestId: string
  now: Date
}

/** A cart priced now: what checkout freezes and what a quote shows. */
export interface PricedCart {
  cart: CartSnapshot
  totals: Totals
  quote: Quote
  /** The code that counts and has limits to be kept when the order is written. */
  limitedCode: string | null
  /** Lines that cannot be sold as asked, with what there is. */
  short: { sku: string; available: number }[]
  unsellable: string[]
}

type Item = { variant: SellableVariant; quantity: number }

export function createQuoteService({ neighbours, promotions, rates, shopCountry }: QuoteServiceDeps) {
  async function decisionOn(code: string | undefined, items: Item[], who: PromotionUser, now: Date) {
    if (!code || items.length === 0) return null
    const lines = items.map(({ variant, quantity }) => ({
      sku: variant.sku,
      productId: variant.productId,
      categories: variant.categories,
      quantity,
      unitPrice: variant.price,
    }))
    return promotions.decide(code, lines, who, now)
  }

  /** The way chosen, where it exists; a quote goes on with another one where only the country rules it out. */
  function methodOf(zones: ShippingZone[], zone: ShippingZone | null, wanted: string | undefined): ShippingRate | null {
    const isKnown = !wanted || zones.some(({ methods }) => methods.some(({ id }) => id === wanted))
    if (!isKnown) throw invalidInput({ shippingMethod: ['There is no such shipping method.'] })
    return zone?.methods.find(({ id }) => id === wanted) ?? zone?.methods[0] ?? null
  }

  async function itemsOf(cart: CartSnapshot, requestId: string) {
    const wanted = mergeLines(cart.lines)
    const skus = wanted.map(({ sku }) => sku)
    const { items: variants } = skus.length > 0 ? await neighbours.variants(skus, requestId, cart.id) : { items: [] }
    const bySku = new Map(variants.filter((variant) => variant.isSellable).map((variant) => [variant.sku, variant]))
    const items = wanted.flatMap(({ sku, quantity }): Item[] => {
      const variant = bySku.get(sku)
      return variant ? [{ variant, quantity }] : []
    })
    return { items, unsellable: skus.filter((sku) => !bySku.has(sku)) }
  }

  async function price(input: QuoteInput, { cartId, customerId, requestId, now }: QuoteContext): Promise<PricedCart> {
    const [cart, { zones, taxPermille, taxIncluded }] = await Promise.all([
      neighbours.cart(cartId, requestId),
      rates.get(),
    ])
    const country = input.shippingAddress?.country ?? shopCountry
    const zone = zoneOf(zones, country)
    const method = methodOf(zones, zone, input.shippingMethod)
    const { items, unsellable } = await itemsOf(cart, requestId)
    const who = { email: input.email, customerId, cartId }
    const decision = await decisionOn(input.promotionCode ?? cart.promotionCode, items, who, now)
    const effect = decision?.isValid ? decision.effect : null
    const totals = totalsOf({
      items,
      currency: items[0]?.variant.price.currency ?? 'EUR',
      taxIncluded,
      effect,
      shippingOf: (goods) => (method ? priceOf(method, goods) : 0),
      taxPermille: taxPermille[country] ?? 0,
    })
    return {
      cart,
      totals,
      quote: toQuote({ totals, country, zone, method, decision }),
      limitedCode: effect?.isLimited ? effect.code : null,
      short: items
        .filter(({ variant, quantity }) => variant.available < quantity)
        .map(({ variant }) => ({ sku: variant.sku, available: variant.available })),
      unsellable,
    }
  }

  return { price }
}

interface QuoteParts {
  totals: Totals
  country: string
  zone: ShippingZone | null
  method: ShippingRate | null
  decision: PromotionDecision | null
}

function toQuote({ totals, country, zone, method, decision }: QuoteParts): Quote {
  const { promotion, ...rest } = totals
  const { currency } = totals.total
  const goods = totals.subtotal.amount - totals.discount.amount
  const free = method ? freeFrom(method) : null
  return {
    ...rest,
    ...(promotion ? { promotion } : {}),
    country,
    shippingMethod: method?.id ?? '',
    shippingMethods: methodsOf(zone, goods, { currency, isFree: promotion?.isFreeShipping ?? false }),
    ...(free ? { freeShippingFrom: { amount: free, currency } } : {}),
    ...(decision && !decision.isValid ? { promotionProblem: decision.reason } : {}),
  }
}

export type QuoteService = ReturnType<typeof createQuoteService>
