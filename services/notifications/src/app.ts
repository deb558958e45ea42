import { createServiceApp } from '@vitrine/kernel/app'
import { messageRoutes } from './message.routes.ts'
import type { MessageService } from './message.service.ts'

export type NotificationsDeps<Session> = Omit<Parameters<typeof createServiceApp>[0], 'name'> & {
  service: MessageService<Session>
}

export const createNotificationsApp = <Session>({ service, ...deps }: NotificationsDeps<Session>) =>
  messageRoutes(createServiceApp({ ...deps, name: 'notifications' }), service)
