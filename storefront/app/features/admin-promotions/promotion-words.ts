import type { Promotion } from '@vitrine/contracts/promotions'
import { count, formatDateTime, formatMoney } from '#app/format.ts'
import type { BadgeTone } from '#app/ui/badge.tsx'

export type PromotionState = 'running' | 'planned' | 'ended' | 'used_up'

export const STATES: Record<PromotionState, [BadgeTone, string]> = {
  running: ['positive', 'Running'],
  planned: ['info', 'Planned'],
  ended: ['plain', 'Ended'],
  used_up: ['warning', 'Used up'],
}

export function stateOf({ startsAt, endsAt, usageLimit, usedCount }: Promotion, now: string): PromotionState {
  if (endsAt && endsAt <= now) return 'ended'
  if (startsAt && startsAt > now) return 'planned'
  return usageLimit && usedCount >= usageLimit ? 'used_up' : 'running'
}

/** "10 % off", as shoppers read it. */
export function effectOf({ type, value }: Pick<Promotion, 'type' | 'value'>): string {
  if (type === 'percent') return `${value} % off`
  if (type === 'fixed') return `${formatMoney({ amount: value, currency: 'EUR' })} off`
  return type === 'free_shipping' ? 'Free delivery' : `Buy ${value}, get one free`
}

function scopeOf({ skus = [], productIds = [], categories = [] }: NonNullable<Promotion['scope']>): string[] {
  return [
    ...(categories.length > 0 ? [count(categories.length, 'category', 'categories')] : []),
    ...(productIds.length > 0 ? [count(productIds.length, 'product')] : []),
    ...(skus.length > 0 ? [count(skus.length, 'SKU')] : []),
  ]
}

/** The conditions in one line. */
export function conditionsOf({ minimum, perCustomer, scope }: Promotion): string {
  const parts = [
    ...(minimum ? [`from ${formatMoney(minimum)}`] : []),
    ...(perCustomer ? [`${perCustomer} per customer`] : []),
    ...(scope ? scopeOf(scope) : []),
  ]
  return parts.join(', ') || 'For everything'
}

export const usesOf = ({ usedCount, usageLimit }: Promotion): string =>
  usageLimit ? `${usedCount} of ${usageLimit}` : String(usedCount)

export function scheduleOf({ startsAt, endsAt }: Promotion): string {
  if (startsAt && endsAt) return `${formatDateTime(startsAt)} to ${formatDateTime(endsAt)}`
  if (endsAt) return `Until ${formatDateTime(endsAt)}`
  return startsAt ? `From ${formatDateTime(startsAt)}` : 'Always'
}
