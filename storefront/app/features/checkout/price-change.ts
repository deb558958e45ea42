import type { Money } from '@vitrine/contracts/money'
import type { Quote } from '@vitrine/contracts/orders'

/** What costs something else than the page had shown, for the shopper to look at before going on. */
export interface PriceChange {
  before: Money
  after: Money
  lines: { title: string; before: Money; after: Money }[]
}

/** `shown` is what the form sent back: the total it stood for, and the price of each item as `sku=amount`. */
export function priceChangeOf(shown: { total: Money; prices: string }, quote: Quote): PriceChange {
  const prices = new Map(shown.prices.split(' ').map((pair) => [pair.split('=')[0], Number(pair.split('=')[1])]))
  const lines = quote.lines.flatMap(({ sku, title, unitPrice }) => {
    const amount = prices.get(sku)
    if (amount === undefined || !Number.isInteger(amount) || amount === unitPrice.amount) return []
    return [{ title, before: { ...unitPrice, amount }, after: unitPrice }]
  })
  return { before: shown.total, after: quote.total, lines }
}
