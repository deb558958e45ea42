import type { Money } from '@vitrine/contracts/money'

/** "€12.00", for sentences to shoppers. Asks Intl for the currency's digits instead of assuming two. */
export function priceText({ amount, currency }: Money): string {
  const format = new Intl.NumberFormat('en-IE', { style: 'currency', currency })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount / 10 ** digits)
}
