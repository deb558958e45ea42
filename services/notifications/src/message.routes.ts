import { Message, MessageInput, MessagePage, MessageQuery, Requeued } from '@vitrine/contracts/notifications'
import { type createServiceApp, ok, replies } from '@vitrine/kernel/app'
import { handOf } from '@vitrine/kernel/staff-act'
import { z } from 'zod'
import type { MessageService } from './message.service.ts'

const MessageId = z.object({ id: z.string().max(64) })

export function messageRoutes<Session>(app: ReturnType<typeof createServiceApp>, service: MessageService<Session>) {
  return app
    .get('/api/notifications/messages', async ({ query }) => ok(await service.list(query)), {
      permission: 'customers:read',
      query: MessageQuery,
      response: replies(MessagePage),
      detail: { summary: 'List messages, newest first' },
    })
    .get(
      '/api/notifications/messages/:id',
      async ({ params, identity }) => ok(await service.read(params.id, identity?.permissions ?? [])),
      {
        permission: 'customers:read',
        params: MessageId,
        response: replies(Message),
        detail: { summary: 'One message with its HTML and text' },
      },
    )
    .post(
      '/api/notifications/messages/parked/resend',
      async (context) => ok(await service.resendParked(handOf(context))),
      {
        permission: 'orders:write',
        response: replies(Requeued),
        detail: { summary: 'Send everything again that was given up' },
      },
    )
    .post(
      '/api/notifications/messages/:id/resend',
      async (context) => ok(await service.resend(context.params.id, handOf(context))),
      {
        permission: 'orders:write',
        params: MessageId,
        response: replies(Message),
        detail: { summary: 'Send a message again' },
      },
    )
    .post(
      '/api/notifications/messages',
      async (context) => {
        context.set.status = 201
        return ok(await service.write(context.body, handOf(context)))
      },
      {
        permission: 'customers:write',
        body: MessageInput,
        response: replies(Message, 201),
        detail: { summary: 'Write a mail by hand' },
      },
    )
}
