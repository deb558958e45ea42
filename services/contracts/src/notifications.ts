import { z } from 'zod'
import { Email } from './address.ts'
import { page } from './envelope.ts'

export const TEMPLATE_NAMES = [
  'order-confirmed',
  'order-shipped',
  'order-delivered',
  'order-cancelled',
  'order-refunded',
  'back-in-stock',
  'welcome',
  'verify-email',
  'password-reset',
  'password-changed',
  'invitation',
  'custom',
] as const
export const TemplateName = z.enum(TEMPLATE_NAMES)
export type TemplateName = z.infer<typeof TemplateName>

/** `stored`: kept in the mailbox because no SMTP server is set. `failed`: refused for good. `parked`: gave up after many tries. */
export const MessageStatus = z.enum(['queued', 'sent', 'stored', 'failed', 'parked'])
export type MessageStatus = z.infer<typeof MessageStatus>

/** The way a message goes: by mail to an address, by SMS to a telephone number. */
export const CHANNELS = ['mail', 'sms'] as const
export const ChannelName = z.enum(CHANNELS)
export type ChannelName = z.infer<typeof ChannelName>

/** A message as it stands in a list, without its body. */
export const MessageSummary = z.object({
  id: z.string(),
  channel: ChannelName,
  to: z.string(),
  subject: z.string(),
  template: TemplateName,
  status: MessageStatus,
  attempts: z.int().nonnegative(),
  lastError: z.string().optional(),
  createdAt: z.iso.datetime(),
  sentAt: z.iso.datetime().optional(),
})
export type MessageSummary = z.infer<typeof MessageSummary>

/** Mails with a link that is as good as a password. Only `staff:write` reads them, and they are emptied once sent. */
export const PERSONAL_TEMPLATES: readonly TemplateName[] = ['verify-email', 'password-reset', 'invitation']

export const Message = MessageSummary.extend({ html: z.string(), text: z.string(), resends: z.int().nonnegative() })
export type Message = z.infer<typeof Message>

export const MessagePage = page(MessageSummary)
export type MessagePage = z.infer<typeof MessagePage>

export const MessageQuery = z.strictObject({
  to: z.string().trim().toLowerCase().max(254).optional(),
  template: TemplateName.optional(),
  status: MessageStatus.optional(),
  channel: ChannelName.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(24),
  cursor: z.string().max(200).optional(),
})
export type MessageQuery = z.infer<typeof MessageQuery>

/** How many given-up messages went back into the queue. */
export const Requeued = z.object({ count: z.int().nonnegative() })
export type Requeued = z.infer<typeof Requeued>

/** POST /messages: one mail written by hand. */
export const MessageInput = z.strictObject({
  to: Email,
  subject: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^\r\n]*$/, 'Use one line.'),
  text: z.string().trim().min(1).max(20_000),
})
export type MessageInput = z.infer<typeof MessageInput>
