import type { CartSnapshot } from '@vitrine/contracts/cart'
import type { Quote, QuoteInput } from '@vitrine/contracts/orders'
import type { SellableVariant } from '@vitrine/contracts/reservations'
import { invalidInput } from '@vitrine/kernel/errors'
import type { Neighbours } from './neighbours.ts'
import type { PromotionDecision } from './promotion.rules.ts'
import type { PromotionService } from './promotion.service.ts'
import { DEFAULT_SHIPPING_METHOD, isShippingMethod, shippingMethods } from './shipping.rules.ts'
import { taxRatePermille } from './tax.rules.ts'
import { mergeLines, type Totals, totalsOf } from './totals.rules.ts'

export interface QuoteServiceDeps {
  neighbours: Pick<Neighbours, 'cart' | 'variants'>
  promotions: PromotionService
  taxIncluded: boolean
  shopCountry: string
}

/** A cart priced now: what checkout freezes and what a quote shows. */
export interface PricedCart {
  cart: CartSnapshot
  totals: Totals
  quote: Quote
  /** Lines that cannot be sold as asked, with what there is. */
  short: { sku: string; available: number }[]
  unsellable: string[]
}

type Item = { variant: SellableVariant; quantity: number }

export function createQuoteService({ neighbours, promotions, taxIncluded, shopCountry }: QuoteServiceDeps) {
  async function effectOf(code: string | undefined, items: Item[], email: string | undefined, now: Date) {
    if (!code || items.length === 0) return null
    const lines = items.map(({ variant, quantity }) => ({
      sku: variant.sku,
      productId: variant.productId,
      quantity,
      unitPrice: variant.price,
    }))
    return promotions.decide(code, lines, email, now)
  }

  function requireShippingMethod(id: string): string {
    if (!isShippingMethod(id)) throw invalidInput({ shippingMethod: ['There is no such shipping method.'] })
    return id
  }

  function toQuote(totals: Totals, shippingMethod: string, decision: PromotionDecision | null): Quote {
    const { promotion, ...rest } = totals
    return {
      ...rest,
      ...(promotion ? { promotion } : {}),
      shippingMethod,
      shippingMethods: shippingMethods(totals.total.currency),
      ...(decision && !decision.isValid ? { promotionProblem: decision.reason } : {}),
    }
  }

  async function price(cartId: string, input: QuoteInput, requestId: string, now: Date): Promise<PricedCart> {
    const shippingMethod = requireShippingMethod(input.shippingMethod ?? DEFAULT_SHIPPING_METHOD)
    const cart = await neighbours.cart(cartId, requestId)
    const wanted = mergeLines(cart.lines)
    const { items: variants } =
      wanted.length > 0
        ? await neighbours.variants(
            wanted.map((line) => line.sku),
            requestId,
          )
        : { items: [] }
    const bySku = new Map(variants.filter((variant) => variant.isSellable).map((variant) => [variant.sku, variant]))
    const items = wanted.flatMap(({ sku, quantity }): Item[] => {
      const variant = bySku.get(sku)
      return variant ? [{ variant, quantity }] : []
    })
    const decision = await effectOf(input.promotionCode ?? cart.promotionCode, items, input.email, now)
    const currency = items[0]?.variant.price.currency ?? 'EUR'
    const totals = totalsOf({
      items,
      currency,
      taxIncluded,
      effect: decision?.isValid ? decision.effect : null,
      shippingPrice: shippingMethods(currency).find((method) => method.id === shippingMethod)?.price.amount ?? 0,
      taxPermille: taxRatePermille(input.shippingAddress?.country ?? shopCountry),
    })
    return {
      cart,
      totals,
      quote: toQuote(totals, shippingMethod, decision),
      short: items
        .filter(({ variant, quantity }) => variant.available < quantity)
        .map(({ variant }) => ({ sku: variant.sku, available: variant.available })),
      unsellable: wanted.filter(({ sku }) => !bySku.has(sku)).map(({ sku }) => sku),
    }
  }

  return { price }
}

export type QuoteService = ReturnType<typeof createQuoteService>
