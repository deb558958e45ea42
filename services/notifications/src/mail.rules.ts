import {
  type Message,
  type MessageStatus,
  PERSONAL_TEMPLATES,
  type TemplateName,
} from '@vitrine/contracts/notifications'
import type { Permission } from '@vitrine/contracts/permissions'

/** What a mail server or another provider (or the way to it) answered. */
export type Delivery = { outcome: 'accepted' } | { outcome: 'refused' | 'unreachable'; reason: string }

export const MAX_ATTEMPTS = 8
const FIRST_DELAY_SECONDS = 5
const LONGEST_DELAY_SECONDS = 15 * 60

/** Doubles from 5 s up to 15 minutes. */
export const delaySeconds = (attempts: number): number =>
  Math.min(FIRST_DELAY_SECONDS * 2 ** Math.max(attempts - 1, 0), LONGEST_DELAY_SECONDS)

/** The state of a message after its `attempts`-th try. */
export function statusAfter(delivery: Delivery, attempts: number): MessageStatus {
  if (delivery.outcome === 'accepted') return 'sent'
  if (delivery.outcome === 'refused') return 'failed'
  return attempts >= MAX_ATTEMPTS ? 'parked' : 'queued'
}

/** 5xx is an answer for good; anything else (4xx, no connection, time-out) is worth another try. */
export const outcomeOf = (responseCode: number | undefined): 'refused' | 'unreachable' =>
  responseCode !== undefined && responseCode >= 500 && responseCode < 600 ? 'refused' : 'unreachable'

/** The same of an HTTP provider: 408 and 429 ask to come again, any other 4xx refuses. */
export function outcomeOfHttp(status: number): Delivery['outcome'] {
  if (status >= 200 && status < 300) return 'accepted'
  const isForGood = status >= 400 && status < 500 && status !== 408 && status !== 429
  return isForGood ? 'refused' : 'unreachable'
}

/** "+49 (0)30 / 123" → "+49030123"; null when it cannot be a telephone number. */
export function phoneOf(written: string | undefined): string | null {
  const digits = (written ?? '').replaceAll(/\D/g, '').replace(/^00/, '')
  if (digits.length < 6 || digits.length > 15) return null
  return /^\s*(\+|00)/.test(written ?? '') ? `+${digits}` : digits
}

/** Stable for one cause, so that a mail server that gets the same message twice can drop the second. A resend is wanted twice. */
export function messageIdOf(cause: string, resends: number): string {
  const local = cause.replaceAll(/[^A-Za-z0-9_.-]/g, '.')
  return `<${local}${resends > 0 ? `.${resends}` : ''}@vitrine.mail>`
}

/** Where a channel is set up a message waits in the queue; without one the mailbox is its end. */
export const firstStatus = (isSetUp: boolean): MessageStatus => (isSetUp ? 'queued' : 'stored')

/** What stands in place of a mail whose link is as good as a password. */
export const PERSONAL_BODY = 'This mail carries a personal link, so its text is not shown.'

export const isPersonal = (template: TemplateName): boolean => PERSONAL_TEMPLATES.includes(template)

/** A personal link goes out once; one that never left may be tried again. */
export const canResend = ({ template, status }: Pick<Message, 'template' | 'status'>): boolean =>
  !isPersonal(template) || status === 'parked' || status === 'failed'

/** The message as this reader may see it: only who manages staff could act for somebody else anyway. */
export const readableBy = (message: Message, permissions: readonly Permission[]): Message =>
  isPersonal(message.template) && !permissions.includes('staff:write')
    ? { ...message, html: `<p>${PERSONAL_BODY}</p>`, text: PERSONAL_BODY }
    : message

/** Once a personal mail is out, nobody needs its link in the mailbox any more. */
export const isEmptiedAfter = (status: MessageStatus, template: TemplateName): boolean =>
  status === 'sent' && isPersonal(template)
