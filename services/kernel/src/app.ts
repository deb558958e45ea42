import { ErrorReply, success } from '@vitrine/contracts/envelope'
import { Health } from '@vitrine/contracts/system'
import { z } from 'zod'
import { createDocument } from './document.ts'
import { runChecks } from './health.ts'
import { createMetrics } from './metrics.ts'
import type { Queues } from './queues.ts'
import { ok, replies } from './replies.ts'
import { createServiceBase, type ServiceBaseOptions } from './service.base.ts'
import { systemRoutes } from './system.routes.ts'
import { createVisits } from './visits.ts'

export interface ServiceAppOptions extends ServiceBaseOptions {
  version?: string
  /** Named checks of readiness; each throws when its dependency does not answer. */
  checks: Record<string, () => Promise<void>>
  /** The outbox and the event queue, for metrics and the system page. */
  queues?: Queues
}

// Every route file needs these two beside the app's type.
export { ok, replies }

/**
 * The Elysia app every service starts from: request id, identity, envelope, health, metrics and its OpenAPI
 * document. Routes added to it are guarded by `signedIn`, `permission` or `callers`, so a missing label at the
 * edge never opens a door.
 */
export function createServiceApp(options: ServiceAppOptions) {
  const { name, clock, version = '0.1.0', queues = {} } = options
  const prefix = `/api/${name}`
  const metrics = createMetrics(name, queues)
  const readiness = () => runChecks(options.checks, version)

  const base = createServiceBase(options, createVisits(metrics))
  systemRoutes(base, { name, startedAt: clock.now(), queues, readiness })
  const app = base
    .get('/livez', () => 'ok', { detail: { hide: true } })
    // Of this replica at its own address, and of any replica on the private entry point; never on the public one.
    .get('/metrics', () => metrics.text(), { detail: { hide: true } })
    .get(`/internal/${name}/metrics`, () => metrics.text(), { detail: { hide: true } })
    .get(
      '/readyz',
      async ({ set }) => {
        const health = await readiness()
        set.status = health.status === 'ok' ? 200 : 503
        return ok(health)
      },
      { detail: { hide: true } },
    )
    .get(
      `${prefix}/health`,
      async ({ set }) => {
        const health = await readiness()
        if (health.status !== 'ok') set.status = 503
        return ok(health)
      },
      {
        // A replica says what is wrong; the edge, with no replica to ask, that the service is away.
        response: { ...replies(Health), 503: z.union([success(Health), ErrorReply]) },
        detail: { summary: 'Health with its checks' },
      },
    )
  let document: ReturnType<typeof createDocument> | undefined
  // Made on the first request: by then every route is there.
  app.get(`${prefix}/openapi.json`, () => (document ??= createDocument(app, { name, version })), {
    detail: { hide: true },
  })
  return app
}
