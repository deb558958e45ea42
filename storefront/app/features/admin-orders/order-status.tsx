import type { OrderStatus, PaymentStatus } from '@vitrine/contracts/orders'
import { Badge, type BadgeTone } from '#app/ui/badge.tsx'

const STATUS: Record<OrderStatus, [BadgeTone, string]> = {
  pending: ['plain', 'Waiting for payment'],
  expiring: ['plain', 'Running out'],
  cancelling: ['warning', 'Cancellation requested'],
  confirmed: ['warning', 'To ship'],
  shipped: ['info', 'Shipped'],
  delivered: ['positive', 'Delivered'],
  expired: ['plain', 'Expired'],
  cancelled: ['plain', 'Cancelled'],
}
const PAYMENT: Record<PaymentStatus, [BadgeTone, string]> = {
  unpaid: ['plain', 'Unpaid'],
  paid: ['positive', 'Paid'],
  partially_refunded: ['plain', 'Partly refunded'],
  refunded: ['plain', 'Refunded'],
}

export const statusTitle = (status: OrderStatus): string => STATUS[status][1]

export function OrderStatusBadge({ status }: { status: OrderStatus }) {
  const [tone, title] = STATUS[status]
  return <Badge tone={tone}>{title}</Badge>
}

export function PaymentStatusBadge({ status }: { status: PaymentStatus }) {
  const [tone, title] = PAYMENT[status]
  return <Badge tone={tone}>{title}</Badge>
}
