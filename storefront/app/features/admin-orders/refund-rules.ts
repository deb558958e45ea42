import type { Order, OrderRefund, RefundRequest } from '@vitrine/contracts/orders'
import { amountText, parseAmount } from '#app/format.ts'

type Line = Order['lines'][number]
type Values = Record<string, string | undefined>

const standing = (order: Order): OrderRefund[] => order.refunds.filter(({ status }) => status !== 'failed')

/** What was paid and is neither back nor on its way, in minor units. */
export function refundable(order: Order): number {
  if (order.paymentStatus === 'unpaid') return 0
  const asked = standing(order).reduce((sum, { amount }) => sum + amount.amount, 0)
  return Math.max(0, order.total.amount - Math.max(asked, order.refundedTotal.amount))
}

/** How many of a line can still be refunded. */
export const unitsLeft = (order: Order, { sku, quantity }: Line): number =>
  standing(order)
    .flatMap(({ lines }) => lines)
    .reduce((left, line) => (line.sku === sku ? left - line.quantity : left), quantity)

export const paidFor = (order: Order, line: Line): number =>
  line.total.amount + (order.taxIncluded ? 0 : line.tax.amount)

/** What was paid for delivery and has not gone back, in minor units. */
export function shippingLeft(order: Order): number {
  const lineTax = order.lines.reduce((sum, line) => sum + line.tax.amount, 0)
  const paid = order.shipping.amount + (order.taxIncluded ? 0 : order.tax.amount - lineTax)
  return Math.max(0, paid - standing(order).reduce((sum, { shipping }) => sum + shipping.amount, 0))
}

/** The worth of some units, as the service counts it: the parts of a line add up to the whole. */
export function worthOf(order: Order, line: Line, quantity: number): number {
  const before = line.quantity - unitsLeft(order, line)
  const upTo = (units: number) => Math.floor((paidFor(order, line) * units) / line.quantity)
  return upTo(before + quantity) - upTo(before)
}

export const quantityField = (sku: string): string => `quantity.${sku}`
const quantityOf = (values: Values, sku: string): number => Number(values[quantityField(sku)] ?? 0)

/** What the form comes to as it is filled in now, in minor units; null while it cannot be told. */
export function sumOf(order: Order, values: Values): number | null {
  const { currency } = order.total
  if (values.all === 'on') return refundable(order)
  if (values.amount) return parseAmount(values.amount, currency)
  const shipping = values.shipping ? parseAmount(values.shipping, currency) : 0
  if (shipping === null) return null
  return order.lines.reduce((sum, line) => sum + worthOf(order, line, quantityOf(values, line.sku)), shipping)
}

/** The refund a form asks for: everything, or an amount, or the lines and delivery chosen. */
export function refundOf(order: Order, values: Values): RefundRequest | { field: string; error: string } {
  const { currency } = order.total
  const base = { restock: values.restock === 'on', reason: values.reason ?? '' }
  if (values.all === 'on') return base
  const lines = order.lines.flatMap(({ sku }) => {
    const quantity = quantityOf(values, sku)
    return Number.isInteger(quantity) && quantity > 0 ? [{ sku, quantity }] : []
  })
  const chosen = { ...base, ...(lines.length > 0 ? { lines } : {}) }
  const shipping = values.shipping ? parseAmount(values.shipping, currency) : 0
  if (shipping === null) return { field: 'shipping', error: 'Give an amount, such as 4.90.' }
  const delivery = shipping > 0 ? { shipping: { amount: shipping, currency } } : {}
  if (values.amount) {
    const amount = parseAmount(values.amount, currency)
    if (!amount) return { field: 'amount', error: 'Give an amount, such as 12.50.' }
    return { ...chosen, ...delivery, amount: { amount, currency } }
  }
  if (lines.length > 0 || shipping > 0) return { ...chosen, ...delivery }
  return { field: 'amount', error: 'Choose what to refund: items, delivery, an amount or everything.' }
}

/** The form filled in as an earlier refund was, for doing it again. Nothing goes back on the shelf twice. */
export function valuesOf({ lines, shipping, amount, reason }: OrderRefund): Record<string, string> {
  return {
    ...Object.fromEntries(lines.map(({ sku, quantity }) => [quantityField(sku), String(quantity)])),
    ...(shipping.amount > 0 ? { shipping: amountText(shipping.amount, shipping.currency) } : {}),
    amount: amountText(amount.amount, amount.currency),
    reason,
  }
}
