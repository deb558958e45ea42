import { Message, MessageInput, MessagePage, MessageQuery } from '@vitrine/contracts/notifications'
import { type createServiceApp, ok, replies } from '@vitrine/kernel/app'
import { z } from 'zod'
import type { MessageService } from './message.service.ts'

const MessageId = z.object({ id: z.string().regex(/^msg_[A-Za-z0-9]{22}$/) })

export function messageRoutes<Session>(app: ReturnType<typeof createServiceApp>, service: MessageService<Session>) {
  return app
    .get('/api/notifications/messages', async ({ query }) => ok(await service.list(query)), {
      permission: 'customers:read',
      query: MessageQuery,
      response: replies(MessagePage),
    })
    .get(
      '/api/notifications/messages/:id',
      async ({ params, identity }) => ok(await service.read(params.id, identity?.permissions ?? [])),
      {
        permission: 'customers:read',
        params: MessageId,
        response: replies(Message),
      },
    )
    .post('/api/notifications/messages/:id/resend', async ({ params }) => ok(await service.resend(params.id)), {
      permission: 'orders:write',
      params: MessageId,
      response: replies(Message),
    })
    .post(
      '/api/notifications/messages',
      async ({ body, set }) => {
        set.status = 201
        return ok(await service.write(body))
      },
      { permission: 'customers:write', body: MessageInput, response: replies(Message, 201) },
    )
}
