import type { Message, MessageInput, MessagePage, MessageQuery, TemplateName } from '@vitrine/contracts/notifications'
import type { Permission } from '@vitrine/contracts/permissions'
import type { Clock } from '@vitrine/kernel/clock'
import { conflict, notFound } from '@vitrine/kernel/errors'
import { newId } from '@vitrine/kernel/ids'
import { custom } from './account.template.ts'
import type { MailContent } from './layout.template.ts'
import { firstStatus, isPersonal, readableBy } from './mail.rules.ts'
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
    read: async (id: string, permissions: readonly Permission[]): Promise<Message> =>
      readableBy(await get(id), permissions),
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

    /** A personal link is not sent again: the person asks for a new one. */
    async resend(id: string): Promise<Message> {
      if (isPersonal((await get(id)).template))
        throw conflict('conflict', 'This mail carried a personal link. Ask the person to request a new one.')
      const message = await messages.requeue(id, status, clock.now())
      if (!message) throw notFound('message')
      return message
    },
  }
}

export type MessageService<Session> = ReturnType<typeof createMessageService<Session>>
