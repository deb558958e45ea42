import type { Money } from '@vitrine/contracts/money'
import type { RefundRequest } from '@vitrine/contracts/orders'
import { conflict, invalidInput } from '@vitrine/kernel/errors'
import type { OrderRecord, RefundRecord } from './order.ts'
import { committedRefunds } from './refund.moves.rules.ts'
import { mergeLines } from './totals.rules.ts'

type Lines = { sku: string; quantity: number }[]

function requireCurrency(order: OrderRecord, name: string, money: Money | undefined): number {
  if (money && money.currency !== order.total.currency)
    throw invalidInput({ [name]: ['Use the currency of the order.'] })
  return money?.amount ?? 0
}

const standing = (order: OrderRecord): RefundRecord[] => order.refunds.filter(({ status }) => status !== 'failed')

/** How many of a line were refunded before, or are being refunded. */
export const refundedQuantity = (order: OrderRecord, sku: string): number =>
  standing(order)
    .flatMap(({ lines = [] }) => lines)
    .reduce((sum, line) => sum + (line.sku === sku ? line.quantity : 0), 0)

/** What was paid for delivery, its tax included, and has not gone back yet. */
export function shippingLeft(order: OrderRecord): number {
  const lineTax = order.lines.reduce((sum, line) => sum + line.tax.amount, 0)
  const paid = order.shipping.amount + (order.taxIncluded ? 0 : order.tax.amount - lineTax)
  return paid - standing(order).reduce((sum, { shipping = 0 }) => sum + shipping, 0)
}

/**
 * What some of a line are worth: their share of what was paid for the line. Counted from the first one returned, so
 * that the parts of a line add up to the whole of it, whatever the order they come back in.
 */
function worthOf(order: OrderRecord, { sku, quantity }: Lines[number]): number {
  const line = order.lines.find((candidate) => candidate.sku === sku)
  const before = refundedQuantity(order, sku)
  if (!line || quantity > line.quantity) throw invalidInput({ lines: ['These were not ordered in this quantity.'] })
  if (before + quantity > line.quantity) {
    const left = line.quantity - before
    throw conflict('conflict', 'Fewer of this line are left to refund.', { sku, quantity: left })
  }
  const paid = line.total.amount + (order.taxIncluded ? 0 : line.tax.amount)
  const upTo = (count: number) => Math.floor((paid * count) / line.quantity)
  return upTo(before + quantity) - upTo(before)
}

const unreturned = (order: OrderRecord): Lines =>
  mergeLines(order.lines)
    .map(({ sku, quantity }) => ({ sku, quantity: quantity - refundedQuantity(order, sku) }))
    .filter(({ quantity }) => quantity > 0)

/** What goes back on sale: the lines named, or everything when the whole order is refunded without naming any. */
function returnedLines(order: OrderRecord, { restock, lines, amount, shipping }: RefundRequest): Lines {
  if (!restock) return []
  if (lines) return mergeLines(lines)
  if (amount || shipping) return []
  return unreturned(order)
}

/** What a request comes to: an amount when it names one, else its lines and shipping, else all that is left. */
export function planRefund(
  order: OrderRecord,
  request: RefundRequest,
): Pick<RefundRecord, 'amount' | 'lines' | 'shipping' | 'returned'> {
  const { currency } = order.total
  const lines = mergeLines(request.lines ?? [])
  const worth = lines.reduce((sum, line) => sum + worthOf(order, line), 0)
  const shipping = requireCurrency(order, 'shipping', request.shipping)
  if (shipping > shippingLeft(order)) {
    throw invalidInput({ shipping: ['This is more than is left of what was paid for shipping.'] })
  }
  const returned = returnedLines(order, request)
  const asked = requireCurrency(order, 'amount', request.amount)
  if (request.amount) return { amount: { amount: asked, currency }, lines, shipping, returned }
  if (request.lines || request.shipping)
    return { amount: { amount: worth + shipping, currency }, lines, shipping, returned }
  const all = { amount: order.total.amount - committedRefunds(order), currency }
  return { amount: all, lines: unreturned(order), shipping: Math.min(shippingLeft(order), all.amount), returned }
}
