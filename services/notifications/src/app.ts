import { createServiceApp } from '@vitrine/kernel/app'
import { type PeopleKeeper, peopleRoutes } from '@vitrine/kernel/people'
import { messageRoutes } from './message.routes.ts'
import type { MessageService } from './message.service.ts'

export type NotificationsDeps<Session> = Omit<Parameters<typeof createServiceApp>[0], 'name'> & {
  service: MessageService<Session>
  people: PeopleKeeper
}

export function createNotificationsApp<Session>({ service, people, ...deps }: NotificationsDeps<Session>) {
  const app = createServiceApp({ ...deps, name: 'notifications' })
  peopleRoutes(app, 'notifications', people)
  return messageRoutes(app, service)
}
