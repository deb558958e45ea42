import type { Promotion } from '@vitrine/contracts/promotions'
import { amountText, fromShopTime, parseAmount, toShopTime } from '#app/format.ts'

export type Values = Record<string, string>

/** The shop sells in euro; a promotion's amounts are typed in it. */
const CURRENCY = 'EUR'
export const WORTH: Record<Promotion['type'], string> = {
  percent: 'percent',
  fixed: 'amount',
  buy_x_get_y: 'buy',
  free_shipping: '',
}

const words = (text = ''): string[] => text.split(/[\s,]+/).filter(Boolean)
const whole = (text: string | undefined): number | undefined => (text ? Number(text) : undefined)
const euro = (text: string | undefined): number => (text ? (parseAmount(text, CURRENCY) ?? Number.NaN) : Number.NaN)

function worthOf(values: Values): number {
  if (values.type === 'free_shipping') return 0
  if (values.type === 'fixed') return euro(values.amount)
  return Number(values[values.type === 'buy_x_get_y' ? 'buy' : 'percent'] ?? Number.NaN)
}

/** The flat fields of the form as the contract wants them. `productIds` are looked up by the page; `categories` come as a list. */
export function toPromotion(values: Values, categories: string[], productIds: string[]) {
  const skus = words(values.skus)
  const hasScope = skus.length + productIds.length + categories.length > 0
  const scope = {
    ...(skus.length > 0 ? { skus } : {}),
    ...(productIds.length > 0 ? { productIds } : {}),
    ...(categories.length > 0 ? { categories } : {}),
  }
  return {
    code: values.code,
    type: values.type,
    value: worthOf(values),
    minimum: values.minimum ? { amount: euro(values.minimum), currency: CURRENCY } : undefined,
    startsAt: fromShopTime(values.startsAt),
    endsAt: fromShopTime(values.endsAt),
    usageLimit: whole(values.usageLimit),
    perCustomer: whole(values.perCustomer),
    scope: hasScope ? scope : undefined,
  }
}

/** For a change: what stands empty in the form is taken away. */
export const toPatch = (promotion: ReturnType<typeof toPromotion>) => ({
  ...promotion,
  minimum: promotion.minimum ?? null,
  startsAt: promotion.startsAt ?? null,
  endsAt: promotion.endsAt ?? null,
  usageLimit: promotion.usageLimit ?? null,
  perCustomer: promotion.perCustomer ?? null,
  scope: promotion.scope ?? null,
})

export const productWords = (values: Values): string[] => words(values.products)

/** A promotion as the form shows it; `slugs` name its products. */
export function valuesOf(promotion: Promotion, slugs: string[]): Values {
  const { code, type, value, minimum, startsAt, endsAt, usageLimit, perCustomer, scope } = promotion
  const worth = type === 'fixed' ? amountText(value, CURRENCY) : String(value)
  const filled = {
    code,
    type,
    [WORTH[type]]: worth,
    minimum: minimum && amountText(minimum.amount, minimum.currency),
    startsAt: startsAt && toShopTime(startsAt),
    endsAt: endsAt && toShopTime(endsAt),
    usageLimit: usageLimit && String(usageLimit),
    perCustomer: perCustomer && String(perCustomer),
    skus: scope?.skus?.join(', '),
    products: slugs.join(', '),
  }
  return Object.fromEntries(Object.entries(filled).filter((entry): entry is [string, string] => Boolean(entry[1])))
}
