import type { Order } from '@vitrine/contracts/orders'

/** What the page of an order is about: paying, waiting for the payment, or the order itself. */
export type OrderStage = 'payable' | 'settling' | 'placed' | 'ended'

const STAGES: Record<Order['status'], OrderStage> = {
  pending: 'payable',
  expiring: 'settling',
  cancelling: 'placed',
  confirmed: 'placed',
  shipped: 'placed',
  delivered: 'placed',
  expired: 'ended',
  cancelled: 'ended',
}

export const stageOf = (order: Pick<Order, 'status'>): OrderStage => STAGES[order.status]

export const STATUS_WORDS: Record<Order['status'], string> = {
  pending: 'Waiting for payment',
  expiring: 'Checking the payment',
  cancelling: 'Cancellation requested',
  confirmed: 'Paid',
  shipped: 'On its way',
  delivered: 'Delivered',
  expired: 'Not paid in time',
  cancelled: 'Cancelled',
}

export type StatusTone = 'positive' | 'warning' | 'info' | 'plain'

export const STATUS_TONES: Record<Order['status'], StatusTone> = {
  pending: 'warning',
  expiring: 'info',
  cancelling: 'warning',
  confirmed: 'positive',
  shipped: 'info',
  delivered: 'positive',
  expired: 'plain',
  cancelled: 'plain',
}
