import type { ServiceName } from '@vitrine/contracts/identity'
import { KeptData } from '@vitrine/contracts/personal-data'
import type { ClientSession } from 'mongoose'
import { z } from 'zod'
import { type createServiceApp, ok, replies } from './app.ts'
import type { EventHandlers } from './consumer.ts'

export interface Person {
  userId: string
  email: string
}

/** What a service keeps about people. */
export interface PeopleKeeper {
  /** All of it about one person, as they may read it. */
  list(person: Person): Promise<KeptData['items']>
  /** Removes it, or the person from it, in the caller's transaction. */
  forget(person: Person, session: ClientSession): Promise<void>
}

/** Answers auth, which collects everything about somebody who asks for it. */
export function peopleRoutes(
  app: ReturnType<typeof createServiceApp>,
  name: ServiceName,
  people: Pick<PeopleKeeper, 'list'>,
): void {
  app.get(
    `/internal/${name}/people/:id`,
    async ({ params, query }) => ok({ items: await people.list({ userId: params.id, email: query.email }) }),
    {
      callers: ['auth'],
      params: z.object({ id: z.string().max(64) }),
      query: z.object({ email: z.string().max(254) }),
      response: replies(KeptData),
    },
  )
}

/** Forgets who deleted their account. */
export const peopleEvents = (people: PeopleKeeper): EventHandlers => ({
  'user.deleted': (event, session) => people.forget(event.data, session),
})
