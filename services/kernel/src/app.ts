import { success } from '@vitrine/contracts/envelope'
import type { Identity, ServiceName } from '@vitrine/contracts/identity'
import type { Permission } from '@vitrine/contracts/permissions'
import { Elysia } from 'elysia'
import type { z } from 'zod'
import type { VerifyCaller } from './assertion.ts'
import type { Clock } from './clock.ts'
import { accessDetail } from './document.rules.ts'
import { createDocument } from './document.ts'
import { toErrorReply } from './error.reply.ts'
import { AppError } from './errors.ts'
import { Health, runChecks } from './health.ts'
import type { VerifyIdentity } from './identity.ts'
import type { Log } from './log.ts'
import { createHttpMetrics } from './metrics.ts'
import { queryOf } from './query.ts'

export interface ServiceAppOptions {
  name: ServiceName
  version?: string
  clock: Clock
  log: Log
  verifyIdentity: VerifyIdentity
  verifyCaller: VerifyCaller
  /** Named checks of readiness; each throws when its dependency does not answer. */
  checks: Record<string, () => Promise<void>>
}

const REQUEST_ID = /^[\w.:-]{8,128}$/

/** The success envelope of a reply. */
export const ok = <T>(data: T) => ({ success: true as const, data })

/** The `response` option of a route: the envelope around `schema`, and the error reply for every refusal. */
export const replies = <S extends z.ZodType, C extends number = 200>(schema: S, status?: C) =>
  ({ [status ?? 200]: success(schema) }) as Record<C, ReturnType<typeof success<S>>>

function requirePermission(identity: Identity | null, permission: Permission): void {
  if (!identity) throw new AppError('unauthenticated', 'Sign in first.')
  if (!identity.permissions.includes(permission))
    throw new AppError('forbidden', `This needs the permission ${permission}.`, { permission })
}

/**
 * The Elysia app every service starts from: request id, identity, envelope, health, metrics and its OpenAPI
 * document. Routes added to it are guarded by `signedIn`, `permission` or `callers`, so a missing label at the
 * edge never opens a door.
 */
export function createServiceApp(options: ServiceAppOptions) {
  const { name, clock, log, version = '0.1.0' } = options
  const prefix = `/api/${name}`
  const metrics = createHttpMetrics(name)
  const readiness = () => runChecks(options.checks, version)

  const app = new Elysia({ name: 'service' })
    .onRequest(({ request, set }) => {
      const given = request.headers.get('x-request-id')
      set.headers['x-request-id'] = given && REQUEST_ID.test(given) ? given : crypto.randomUUID()
      set.headers['cache-control'] = 'no-store'
    })
    .onError({ as: 'global' }, ({ code, error, set, request }) => {
      const { status, body, retryAfterSeconds } = toErrorReply(code, error, String(set.headers['x-request-id'] ?? ''))
      if (status >= 500)
        log.error(
          {
            err: error,
            requestId: body.error.requestId,
            method: request.method,
            path: new URL(request.url).pathname,
          },
          'request failed',
        )
      set.status = status
      if (retryAfterSeconds !== undefined) set.headers['retry-after'] = String(retryAfterSeconds)
      return Response.json(body, { status, headers: replyHeaders(set.headers) })
    })
    .onAfterResponse({ as: 'global' }, ({ route, request, set }) =>
      metrics.observe(request.method, route, Number(set.status ?? 200)),
    )
    .derive({ as: 'global' }, async ({ request, set }) => ({
      requestId: String(set.headers['x-request-id']),
      now: clock.now(),
      identity: await options.verifyIdentity(request.headers.get('x-identity')),
    }))
    .onTransform({ as: 'global' }, (context) => {
      // Elysia splits query values at commas (elysia#1800); rebuilt here from the URL before validation.
      // The schema of the route decides which names may repeat; Elysia's type here knows single values only.
      context.query = queryOf(context.request.url) as Record<string, string>
    })
    // Guards run as transforms: before validation, so a stranger learns nothing of the schema.
    .macro({
      signedIn: (isRequired: boolean) => ({
        detail: accessDetail(isRequired ? 'signed-in' : 'anyone'),
        transform({ identity }: { identity?: Identity | null }) {
          if (isRequired && !identity) throw new AppError('unauthenticated', 'Sign in first.')
        },
      }),
      permission: (permission: Permission) => ({
        detail: accessDetail(permission),
        transform: ({ identity }: { identity?: Identity | null }) => requirePermission(identity ?? null, permission),
      }),
      callers: (allowed: ServiceName[]) => ({
        detail: { hide: true },
        async transform({ request }: { request: Request }) {
          const call = { audience: name, method: request.method, path: new URL(request.url).pathname }
          const caller = await options.verifyCaller(request.headers.get('x-service'), call)
          if (!caller) throw new AppError('unauthenticated', 'This route needs a service assertion.')
          if (!allowed.includes(caller)) throw new AppError('forbidden', 'This service may not call this route.')
        },
      }),
    })
    .get('/livez', () => 'ok', { detail: { hide: true } })
    .get('/metrics', () => metrics.text(), { detail: { hide: true } })
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
      { response: { ...replies(Health), 503: success(Health) }, detail: { summary: 'Health with its checks' } },
    )
  let document: ReturnType<typeof createDocument> | undefined
  // Made on the first request: by then every route is there.
  app.get(`${prefix}/openapi.json`, () => (document ??= createDocument(app, { name, version })), {
    detail: { hide: true },
  })
  return app
}

const replyHeaders = (headers: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    ['x-request-id', 'cache-control', 'retry-after'].flatMap((name) => {
      const value = headers[name]
      return value === undefined ? [] : [[name, String(value)]]
    }),
  )
