import type { Money } from '@vitrine/contracts/money'
import type { Promotion } from '@vitrine/contracts/promotions'
import { priceText } from './price.rules.ts'
import { divideHalfUp } from './tax.rules.ts'

export interface PricedLine {
  sku: string
  productId: string
  /** Slugs of its category and of those above. */
  categories: string[]
  quantity: number
  unitPrice: Money
}

/** What a promotion does to these lines: minor units off each, in the order of the lines. */
export interface PromotionEffect {
  code: string
  label: string
  lineDiscounts: number[]
  isFreeShipping: boolean
  /** Whether its uses are limited, so that an order must be counted as it is written. */
  isLimited: boolean
}

export type PromotionDecision = { isValid: true; effect: PromotionEffect } | { isValid: false; reason: string }

const lineAmount = (line: PricedLine) => line.unitPrice.amount * line.quantity
const sum = (amounts: number[]) => amounts.reduce((total, amount) => total + amount, 0)

/** Splits `amount` over `weights` in whole units: proportional, the largest remainders first. Adds up exactly. */
export function allocate(amount: number, weights: number[]): number[] {
  const whole = sum(weights)
  if (whole === 0) return weights.map(() => 0)
  const shares = weights.map((weight) => Math.floor((amount * weight) / whole))
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (amount * weight) % whole }))
    .sort((left, right) => right.remainder - left.remainder || left.index - right.index)
  let rest = amount - sum(shares)
  for (const { index } of byRemainder) {
    if (rest === 0) break
    shares[index] = (shares[index] ?? 0) + 1
    rest -= 1
  }
  return shares
}

function isInScope(line: PricedLine, scope: Promotion['scope']): boolean {
  const { skus = [], productIds = [], categories = [] } = scope ?? {}
  if (skus.length + productIds.length + categories.length === 0) return true
  return (
    skus.includes(line.sku) ||
    productIds.includes(line.productId) ||
    categories.some((category) => line.categories.includes(category))
  )
}

function discounts(promotion: Promotion, lines: PricedLine[]): number[] {
  const weights = lines.map((line) => (isInScope(line, promotion.scope) ? lineAmount(line) : 0))
  const base = sum(weights)
  if (promotion.type === 'percent') return allocate(divideHalfUp(base * Math.min(promotion.value, 100), 100), weights)
  if (promotion.type === 'fixed') return allocate(Math.min(promotion.value, base), weights)
  if (promotion.type === 'free_shipping') return lines.map(() => 0)
  const group = Math.max(promotion.value, 1) + 1
  return lines.map((line, index) => (weights[index] ? Math.floor(line.quantity / group) * line.unitPrice.amount : 0))
}

function label(promotion: Promotion): string {
  if (promotion.type === 'percent') return `${promotion.value} % off`
  if (promotion.type === 'fixed') return 'Reduction'
  if (promotion.type === 'free_shipping') return 'Free shipping'
  return `Buy ${promotion.value}, get one free`
}

export interface Usage {
  total: number
  byCustomer: number
}

/** Why a code has no uses left, in all or for this customer. */
export function usageRefusal(promotion: Pick<Promotion, 'usageLimit' | 'perCustomer'>, usage: Usage): string | null {
  if (promotion.usageLimit && usage.total >= promotion.usageLimit) return 'This code has been used up.'
  if (promotion.perCustomer && usage.byCustomer >= promotion.perCustomer) return 'You have already used this code.'
  return null
}

function refusal(promotion: Promotion, lines: PricedLine[], usage: Usage, now: Date): string | null {
  if (promotion.startsAt && new Date(promotion.startsAt) > now) return 'This code is not valid yet.'
  if (promotion.endsAt && new Date(promotion.endsAt) <= now) return 'This code has ended.'
  const usedUp = usageRefusal(promotion, usage)
  if (usedUp) return usedUp
  const missing = (promotion.minimum?.amount ?? 0) - sum(lines.map(lineAmount))
  if (promotion.minimum && missing > 0) {
    const { currency } = promotion.minimum
    return `This code has a minimum of ${priceText(promotion.minimum)}: ${priceText({ amount: missing, currency })} are missing.`
  }
  if (!lines.some((line) => isInScope(line, promotion.scope)))
    return 'This code does not apply to anything in the basket.'
  if (promotion.type === 'buy_x_get_y' && sum(discounts(promotion, lines)) === 0) {
    return `Put ${promotion.value + 1} of the same thing into the basket for this code.`
  }
  return null
}

/** Whether a code holds for these lines now, and what it is worth. */
export function decidePromotion(
  promotion: Promotion | null,
  lines: PricedLine[],
  usage: Usage,
  now: Date,
): PromotionDecision {
  if (!promotion) return { isValid: false, reason: 'This code does not exist.' }
  const reason = refusal(promotion, lines, usage, now)
  if (reason) return { isValid: false, reason }
  const effect = {
    code: promotion.code,
    label: label(promotion),
    lineDiscounts: discounts(promotion, lines),
    isFreeShipping: promotion.type === 'free_shipping',
    isLimited: Boolean(promotion.usageLimit || promotion.perCustomer),
  }
  return { isValid: true, effect }
}

type Terms = Pick<Promotion, 'type' | 'value' | 'startsAt' | 'endsAt'>
const LEAST: Record<Promotion['type'], number> = { percent: 1, fixed: 1, free_shipping: 0, buy_x_get_y: 1 }
const MOST: Record<Promotion['type'], number> = {
  percent: 100,
  fixed: 1_000_000,
  free_shipping: 1_000_000,
  buy_x_get_y: 98,
}

/** What does not make sense about a promotion, by field; null when it does. */
export function termProblems({ type, value, startsAt, endsAt }: Terms): Record<string, string[]> | null {
  if (value < LEAST[type] || value > MOST[type])
    return { value: [`Give a number from ${LEAST[type]} to ${MOST[type]}.`] }
  if (startsAt && endsAt && endsAt <= startsAt) return { endsAt: ['The end must come after the start.'] }
  return null
}
