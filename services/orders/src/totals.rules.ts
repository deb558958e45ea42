import type { Currency, Money } from '@vitrine/contracts/money'
import type { AppliedPromotion, OrderLine } from '@vitrine/contracts/orders'
import type { SellableVariant } from '@vitrine/contracts/reservations'
import type { PromotionEffect } from './promotion.rules.ts'
import { taxOf } from './tax.rules.ts'

export interface Totals {
  lines: OrderLine[]
  subtotal: Money
  discount: Money
  shipping: Money
  tax: Money
  taxIncluded: boolean
  total: Money
  promotion: AppliedPromotion | null
}

export interface TotalsInput {
  items: { variant: SellableVariant; quantity: number }[]
  effect: PromotionEffect | null
  /** What delivery costs for goods of this worth, discounts taken off. */
  shippingOf: (goods: number) => number
  taxPermille: number
  taxIncluded: boolean
  currency: Currency
}

const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)

/** The one place where an order is added up. Every amount is an integer; only tax is ever rounded. */
export function totalsOf(input: TotalsInput): Totals {
  const { effect, taxIncluded, taxPermille, currency } = input
  const money = (amount: number): Money => ({ amount, currency })
  const lines = input.items.map(({ variant, quantity }, index): OrderLine => {
    const discount = effect?.lineDiscounts[index] ?? 0
    const total = variant.price.amount * quantity - discount
    return {
      sku: variant.sku,
      productId: variant.productId,
      slug: variant.slug,
      title: variant.title,
      options: variant.options,
      picture: variant.picture,
      quantity,
      unitPrice: variant.price,
      discount: money(discount),
      tax: money(taxOf(total, taxPermille, taxIncluded)),
      total: money(total),
    }
  })
  const subtotal = sum(lines.map((line) => line.unitPrice.amount * line.quantity))
  const discount = sum(lines.map((line) => line.discount.amount))
  const isFree = effect?.isFreeShipping || lines.length === 0
  const shipping = isFree ? 0 : input.shippingOf(subtotal - discount)
  const tax = sum(lines.map((line) => line.tax.amount)) + taxOf(shipping, taxPermille, taxIncluded)
  return {
    lines,
    subtotal: money(subtotal),
    discount: money(discount),
    shipping: money(shipping),
    tax: money(tax),
    taxIncluded,
    total: money(subtotal - discount + shipping + (taxIncluded ? 0 : tax)),
    promotion: effect && {
      code: effect.code,
      label: effect.label,
      discount: money(discount),
      isFreeShipping: effect.isFreeShipping,
    },
  }
}

/** The same SKU twice counts once, with the quantities added. */
export function mergeLines(lines: { sku: string; quantity: number }[]): { sku: string; quantity: number }[] {
  const merged = new Map<string, number>()
  for (const { sku, quantity } of lines) merged.set(sku, (merged.get(sku) ?? 0) + quantity)
  return [...merged].map(([sku, quantity]) => ({ sku, quantity }))
}
