import type { ChannelName, MessageStatus, TemplateName } from '@vitrine/contracts/notifications'
import { Badge, type BadgeTone } from '#app/ui/badge.tsx'

export const STATUS_TITLES: Record<MessageStatus, string> = {
  queued: 'Waiting',
  sent: 'Sent',
  stored: 'Kept here',
  failed: 'Refused',
  parked: 'Given up',
}

const TONES: Record<MessageStatus, BadgeTone> = {
  queued: 'info',
  sent: 'positive',
  stored: 'plain',
  failed: 'danger',
  parked: 'warning',
}

export const CHANNEL_TITLES: Record<ChannelName, string> = { mail: 'Mail', sms: 'SMS' }

export function MessageStatusBadge({ status }: { status: MessageStatus }) {
  return <Badge tone={TONES[status]}>{STATUS_TITLES[status]}</Badge>
}

export const TEMPLATE_TITLES: Record<TemplateName, string> = {
  'order-confirmed': 'Order confirmed',
  'order-shipped': 'Order shipped',
  'order-delivered': 'Order delivered',
  'order-cancelled': 'Order cancelled',
  'order-refunded': 'Order refunded',
  'back-in-stock': 'Back in stock',
  welcome: 'Welcome',
  'verify-email': 'Confirm the address',
  'password-reset': 'New password',
  'password-changed': 'Password changed',
  invitation: 'Invitation',
  custom: 'Written by hand',
}
