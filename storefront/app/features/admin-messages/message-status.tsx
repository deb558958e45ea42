import type { MessageStatus, TemplateName } from '@vitrine/contracts/notifications'
import { Badge, type BadgeTone } from '#app/ui/badge.tsx'

const LOOKS: Record<MessageStatus, [BadgeTone, string]> = {
  queued: ['info', 'Waiting'],
  sent: ['positive', 'Sent'],
  stored: ['plain', 'Kept here'],
  failed: ['danger', 'Refused'],
  parked: ['warning', 'Given up'],
}

export function MessageStatusBadge({ status }: { status: MessageStatus }) {
  const [tone, title] = LOOKS[status]
  return <Badge tone={tone}>{title}</Badge>
}

export const TEMPLATE_TITLES: Record<TemplateName, string> = {
  'order-confirmed': 'Order confirmed',
  'order-shipped': 'Order shipped',
  'order-delivered': 'Order delivered',
  'order-cancelled': 'Order cancelled',
  welcome: 'Welcome',
  'verify-email': 'Confirm the address',
  'password-reset': 'New password',
  'password-changed': 'Password changed',
  invitation: 'Invitation',
  custom: 'Written by hand',
}
