import { type Health, ParkedEvents, RetriedEvent, ServiceSystem } from '@vitrine/contracts/system'
import { z } from 'zod'
import { notFound } from './errors.ts'
import type { Queues } from './queues.ts'
import { ok, replies } from './replies.ts'
import type { createServiceBase } from './service.base.ts'
import { handOf } from './staff-act.ts'

/** Two numbers of 64 bits; Redis refuses larger ones. */
const StreamId = z.object({ id: z.string().regex(/^\d{1,19}-\d{1,19}$/) })

export interface SystemRouteDeps {
  name: string
  startedAt: Date
  queues: Queues
  readiness: () => Promise<Health>
}

/** What the dashboard's system page asks every service. */
export function systemRoutes(app: ReturnType<typeof createServiceBase>, deps: SystemRouteDeps): void {
  const { name, startedAt, queues, readiness } = deps
  const base = `/api/${name}`

  async function describe(): Promise<ServiceSystem> {
    const { outbox, events } = queues
    return {
      service: name,
      startedAt: startedAt.toISOString(),
      health: await readiness(),
      outbox: outbox
        ? { pending: await outbox.countPending(), oldestSeconds: await outbox.oldestPendingSeconds() }
        : null,
      events: events
        ? {
            lag: await events.countUnread(),
            pending: await events.countPending(),
            parked: await events.countParked(),
          }
        : null,
    }
  }

  app
    .get(`${base}/system`, async () => ok(await describe()), {
      permission: 'system:read',
      response: replies(ServiceSystem),
      detail: { summary: 'Version, health and queues of this service' },
    })
    .get(
      `${base}/system/parked`,
      async () => ok({ items: (await queues.events?.listParked()) ?? [], nextCursor: null }),
      {
        permission: 'system:read',
        response: replies(ParkedEvents),
        detail: { summary: 'Events given up after too many tries' },
      },
    )
    .post(
      `${base}/system/parked/:id/retry`,
      async (context) => {
        const event = await queues.events?.retryParked(context.params.id, handOf(context))
        if (!event) throw notFound('parked event')
        return ok({ eventId: event.eventId })
      },
      {
        // Reading is not acting: of those who may look, only who manages staff sets events going again.
        permission: 'staff:write',
        params: StreamId,
        response: replies(RetriedEvent),
        detail: { summary: 'Publish a given-up event again' },
      },
    )
}
