import type { Money } from '@vitrine/contracts/money'

/** "€44.00". Asks Intl for the currency's digits instead of assuming two. */
export function formatMoney({ amount, currency }: Money): string {
  const format = new Intl.NumberFormat('en-IE', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount / 10 ** digits)
}
