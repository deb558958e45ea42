import type { Message, MessageInput, MessagePage, MessageQuery, TemplateName } from '@vitrine/contracts/notifications'
import type { Clock } from '@vitrine/kernel/clock'
import { notFound } from '@vitrine/kernel/errors'
import { newId } from '@vitrine/kernel/ids'
import { custom } from './account.template.ts'
import type { MailContent } from './layout.template.ts'
import { firstStatus } from './mail.rules.ts'
import type { MessageRepository } from './message.repository.ts'

export type MessageServiceDeps<Session> = {
  messages: MessageRepository<Session>
  clock: Clock
  hasMailServer: boolean
  publicUrl: string
}

export type Notice = { cause: string; to: string; template: TemplateName; content: MailContent }

/** The mailbox: what is written into it, read from it and sent again. */
export function createMessageService<Session>({
  messages,
  clock,
  hasMailServer,
  publicUrl,
}: MessageServiceDeps<Session>) {
  const status = firstStatus(hasMailServer)

  async function get(id: string): Promise<Message> {
    const message = await messages.find(id)
    if (!message) throw notFound('message')
    return message
  }

  return {
    get,
    list: (query: MessageQuery): Promise<MessagePage> => messages.list(query),

    /** Safe to call twice: the cause decides. */
    notify: ({ cause, to, template, content }: Notice, session?: Session): Promise<string> =>
      messages.add({ cause, to, template, ...content, status, createdAt: clock.now() }, session),

    /** A mail written by hand is its own cause. */
    async write({ to, subject, text }: MessageInput): Promise<Message> {
      const content = custom({ subject, text }, publicUrl)
      return get(
        await messages.add({
          cause: `${newId('written')}/custom`,
          to,
          template: 'custom',
          ...content,
          status,
          createdAt: clock.now(),
        }),
      )
    },

    async resend(id: string): Promise<Message> {
      const message = await messages.requeue(id, status, clock.now())
      if (!message) throw notFound('message')
      return message
    },
  }
}

export type MessageService<Session> = ReturnType<typeof createMessageService<Session>>
