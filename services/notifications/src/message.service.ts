import type {
  ChannelName,
  Message,
  MessageInput,
  MessagePage,
  MessageQuery,
  Requeued,
  TemplateName,
} from '@vitrine/contracts/notifications'
import type { Permission } from '@vitrine/contracts/permissions'
import type { Clock } from '@vitrine/kernel/clock'
import { conflict, notFound } from '@vitrine/kernel/errors'
import { newId } from '@vitrine/kernel/ids'
import { custom } from './account.template.ts'
import type { MailContent } from './layout.template.ts'
import { canResend, firstStatus, phoneOf, readableBy } from './mail.rules.ts'
import type { Hand, MessageRepository } from './message.repository.ts'

export type MessageServiceDeps<Session> = {
  messages: MessageRepository<Session>
  clock: Clock
  /** The channels that are set up; mail without one is kept, other messages are not written at all. */
  channels: readonly ChannelName[]
  publicUrl: string
}

export type TextNotice = { cause: string; phone: string | undefined; template: TemplateName; text: string }
export type Notice = { cause: string; to: string; template: TemplateName; content: MailContent }

/** The mailbox: what is written into it, read from it and sent again. */
export function createMessageService<Session>({ messages, clock, channels, publicUrl }: MessageServiceDeps<Session>) {
  const mail = { channel: 'mail' as const, status: firstStatus(channels.includes('mail')) }

  async function get(id: string): Promise<Message> {
    const message = await messages.find(id)
    if (!message) throw notFound('message')
    return message
  }

  return {
    get,
    read: async (id: string, permissions: readonly Permission[]): Promise<Message> =>
      readableBy(await get(id), permissions),
    list: (query: MessageQuery): Promise<MessagePage> => messages.list(query),

    /** Safe to call twice: the cause decides. */
    notify: ({ cause, to, template, content }: Notice, session?: Session): Promise<string> =>
      messages.add({ cause, ...mail, to, template, ...content, createdAt: clock.now() }, session),

    /** By SMS, where that is set up and the person left a number. */
    async text({ cause, phone, template, text }: TextNotice, session?: Session): Promise<void> {
      const to = phoneOf(phone)
      if (to === null || !channels.includes('sms')) return
      const content = { subject: text.slice(0, 60), html: '', text }
      const status = firstStatus(true)
      await messages.add({ cause, channel: 'sms', to, template, ...content, status, createdAt: clock.now() }, session)
    },

    /** A mail written by hand is its own cause. */
    async write({ to, subject, text }: MessageInput, hand: Hand = null): Promise<Message> {
      const content = custom({ subject, text }, publicUrl)
      const cause = `${newId('written')}/custom`
      const message = { cause, ...mail, to, template: 'custom' as const, ...content, createdAt: clock.now() }
      return get(await messages.write(message, hand))
    },

    /** A personal link is not sent again: the person asks for a new one. */
    async resend(id: string, hand: Hand = null): Promise<Message> {
      const known = await get(id)
      if (!canResend(known))
        throw conflict('conflict', 'This mail carried a personal link. Ask the person to request a new one.')
      const message = await messages.requeue(id, firstStatus(channels.includes(known.channel)), clock.now(), hand)
      if (!message) throw notFound('message')
      return message
    },

    /** The way back for everything that was given up, once the provider answers again. */
    resendParked: async (hand: Hand): Promise<Requeued> => ({ count: await messages.requeueParked(clock.now(), hand) }),
    countParked: (): Promise<number> => messages.countParked(),
  }
}

export type MessageService<Session> = ReturnType<typeof createMessageService<Session>>
