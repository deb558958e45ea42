import type { Money } from '@vitrine/contracts/money'
import type { RefundRequest } from '@vitrine/contracts/orders'
import { invalidInput } from '@vitrine/kernel/errors'
import { committedRefunds } from './moves.rules.ts'
import type { OrderRecord } from './order.ts'
import { mergeLines } from './totals.rules.ts'

function requireCurrency(order: OrderRecord, name: string, money: Money | undefined): number {
  if (money && money.currency !== order.total.currency)
    throw invalidInput({ [name]: ['Use the currency of the order.'] })
  return money?.amount ?? 0
}

/** What returned lines are worth: their share of what was paid for the line, rounded down until the last one is back. */
function worthOfLines(order: OrderRecord, wanted: { sku: string; quantity: number }[]): number {
  return mergeLines(wanted).reduce((sum, { sku, quantity }) => {
    const line = order.lines.find((candidate) => candidate.sku === sku)
    if (!line || quantity > line.quantity) throw invalidInput({ lines: ['These were not ordered in this quantity.'] })
    const paid = line.total.amount + (order.taxIncluded ? 0 : line.tax.amount)
    return sum + Math.floor((paid * quantity) / line.quantity)
  }, 0)
}

/** What goes back on sale: the lines named, or everything when the whole order is refunded without naming any. */
export function returnedLines(order: OrderRecord, { restock, lines, amount, shipping }: RefundRequest) {
  if (!restock) return []
  if (lines) return mergeLines(lines)
  return amount || shipping ? [] : mergeLines(order.lines)
}

/** How much a refund request asks for; with neither lines nor amounts, all that is left. */
export function refundAmount(order: OrderRecord, request: RefundRequest): Money {
  const { currency } = order.total
  if (request.amount) return { amount: requireCurrency(order, 'amount', request.amount), currency }
  if (!request.lines && !request.shipping) return { amount: order.total.amount - committedRefunds(order), currency }
  const shipping = requireCurrency(order, 'shipping', request.shipping)
  if (shipping > order.shipping.amount) throw invalidInput({ shipping: ['This is more than was paid for shipping.'] })
  return { amount: worthOfLines(order, request.lines ?? []) + shipping, currency }
}
