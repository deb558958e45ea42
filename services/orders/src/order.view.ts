import type { Order, OrderSummary } from '@vitrine/contracts/orders'
import type { OrderRecord } from './order.ts'
import { OPEN_STATUSES } from './states.rules.ts'

const iso = (at: Date) => at.toISOString()

/** An order as its buyer sees it; staff also get the notes. */
export function toOrder(order: OrderRecord, { isStaff = false } = {}): Order {
  const {
    cartId: _c,
    cartVersion: _v,
    isIntentAsked: _a,
    paymentIntentId: _i,
    refundRevision: _r,
    retries: _n,
    retryAt: _t,
    promotion,
    shipment,
    notes,
    ...rest
  } = order
  return {
    ...rest,
    ...(promotion ? { promotion } : {}),
    ...(shipment ? { shipment: { ...shipment, at: iso(shipment.at) } } : {}),
    ...(isStaff ? { notes: notes.map((note) => ({ ...note, at: iso(note.at) })) } : {}),
    refunds: order.refunds.map(({ id, amount, lines = [], shipping = 0, reason, restock, status, at }) => ({
      id,
      amount,
      lines,
      shipping: { amount: shipping, currency: amount.currency },
      reason,
      restock,
      status,
      at: iso(at),
    })),
    timeline: order.timeline.map((entry) => ({ ...entry, at: iso(entry.at) })),
    createdAt: iso(order.createdAt),
    updatedAt: iso(order.updatedAt),
    expiresAt: OPEN_STATUSES.includes(order.status) ? iso(order.expiresAt) : undefined,
  }
}

export const toSummary = (order: OrderRecord): OrderSummary => ({
  id: order.id,
  number: order.number,
  status: order.status,
  paymentStatus: order.paymentStatus,
  email: order.email,
  customerId: order.customerId,
  customerName: order.addresses.shipping.name,
  itemCount: order.lines.reduce((count, line) => count + line.quantity, 0),
  total: order.total,
  lines: order.lines.map(({ sku, title, picture, quantity }) => ({ sku, title, picture, quantity })),
  createdAt: iso(order.createdAt),
})
