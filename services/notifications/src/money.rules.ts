import type { Money } from '@vitrine/contracts/money'

/** Making one costs more than a whole mail. */
const formats = new Map<string, Intl.NumberFormat>()

/** "€44.00". Asks Intl for the currency's digits instead of assuming two. */
export function formatMoney({ amount, currency }: Money): string {
  const format = formats.get(currency) ?? new Intl.NumberFormat('en-IE', { style: 'currency', currency })
  formats.set(currency, format)
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(amount / 10 ** digits)
}
