import type { Order, RefundRequest } from '@vitrine/contracts/orders'
import { parseAmount } from '#app/format.ts'

/** What the state of an order lets staff do. The service decides; this only hides what it would refuse. */
export const canShip = ({ status }: Order): boolean => status === 'confirmed'
export const canDeliver = ({ status }: Order): boolean => status === 'shipped'
export const canCancel = ({ status }: Order): boolean => status === 'pending' || status === 'confirmed'

/** What was paid and is neither back nor on its way, in minor units. */
export function refundable({ total, refundedTotal, refunds, paymentStatus }: Order): number {
  if (paymentStatus === 'unpaid') return 0
  const asked = refunds.filter(({ status }) => status !== 'failed').reduce((sum, { amount }) => sum + amount.amount, 0)
  return Math.max(0, total.amount - Math.max(asked, refundedTotal.amount))
}

/** The refund a form asks for: an amount if one stands there, else the lines ticked, else all that is left. */
export function refundOf(order: Order, values: Record<string, string>): RefundRequest | { error: string } {
  const { currency } = order.total
  const base = { restock: values.restock === 'on', reason: values.reason ?? '' }
  if (values.amount) {
    const amount = parseAmount(values.amount, currency)
    return amount ? { ...base, amount: { amount, currency } } : { error: 'Give an amount, such as 12.50.' }
  }
  const lines = order.lines.flatMap(({ sku }) => {
    const quantity = Number(values[`quantity.${sku}`] ?? 0)
    return Number.isInteger(quantity) && quantity > 0 ? [{ sku, quantity }] : []
  })
  const shipping = values.shipping === 'on' && order.shipping.amount > 0 ? { shipping: order.shipping } : {}
  if (lines.length > 0 || 'shipping' in shipping)
    return { ...base, ...shipping, ...(lines.length > 0 ? { lines } : {}) }
  return values.all === 'on' ? base : { error: 'Choose what to refund: items, delivery, an amount or everything.' }
}
