import type { Money } from '@vitrine/contracts/money'
import type { Promotion } from '@vitrine/contracts/promotions'
import { divideHalfUp } from './tax.rules.ts'

export interface PricedLine {
  sku: string
  productId: string
  quantity: number
  unitPrice: Money
}

/** What a promotion does to these lines: minor units off each, in the order of the lines. */
export interface PromotionEffect {
  code: string
  label: string
  lineDiscounts: number[]
  isFreeShipping: boolean
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
  if (!scope?.skus && !scope?.productIds) return true
  return Boolean(scope.skus?.includes(line.sku) || scope.productIds?.includes(line.productId))
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

function refusal(promotion: Promotion, lines: PricedLine[], usage: Usage, now: Date): string | null {
  if (promotion.startsAt && new Date(promotion.startsAt) > now) return 'This code is not valid yet.'
  if (promotion.endsAt && new Date(promotion.endsAt) <= now) return 'This code has ended.'
  if (promotion.usageLimit && usage.total >= promotion.usageLimit) return 'This code has been used up.'
  if (promotion.perCustomer && usage.byCustomer >= promotion.perCustomer) return 'You have already used this code.'
  if (promotion.minimum && sum(lines.map(lineAmount)) < promotion.minimum.amount) {
    return 'The basket is below the minimum for this code.'
  }
  if (!lines.some((line) => isInScope(line, promotion.scope)))
    return 'This code does not apply to anything in the basket.'
  return null
}

export interface Usage {
  total: number
  byCustomer: number
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
  }
  return { isValid: true, effect }
}
