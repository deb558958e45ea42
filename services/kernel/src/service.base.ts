import type { Identity, ServiceName } from '@vitrine/contracts/identity'
import type { Permission } from '@vitrine/contracts/permissions'
import { toTraceparent } from '@vitrine/contracts/trace'
import { type AnyElysia, Elysia } from 'elysia'
import type { VerifyCaller } from './assertion.ts'
import type { Clock } from './clock.ts'
import { contextOf, currentContext } from './context.ts'
import { isNestedDeeper } from './depth.rules.ts'
import { accessDetail } from './document.rules.ts'
import { toErrorReply } from './error.reply.ts'
import { AppError, invalidInput } from './errors.ts'
import { meetSwitch } from './fault.switches.ts'
import type { VerifyIdentity } from './identity.ts'
import type { Log } from './log.ts'
import { createMediaCheck } from './media.ts'
import { queryOf } from './query.ts'
import type { Visits } from './visits.ts'

export interface ServiceBaseOptions {
  name: ServiceName
  clock: Clock
  log: Log
  verifyIdentity: VerifyIdentity
  verifyCaller: VerifyCaller
}

/** No contract comes near it. */
const MOST_LEVELS = 32

function requirePermission(identity: Identity | null, permission: Permission): void {
  if (!identity) throw new AppError('unauthenticated', 'Sign in first.')
  if (!identity.permissions.includes(permission))
    throw new AppError('forbidden', `This needs the permission ${permission}.`, { permission })
}

/** Request id, trace, identity, the failure envelope, and the guards `signedIn`, `permission` and `callers`. */
export function createServiceBase(options: ServiceBaseOptions, visits: Visits) {
  const { name, clock, log } = options
  const media = createMediaCheck((): AnyElysia['routes'] => app.routes)
  const app = new Elysia({ name: 'service' })
    .onRequest(({ request, set }) => {
      const context = currentContext() ?? contextOf(request.headers)
      visits.begin(request, context)
      set.headers['x-request-id'] = context.requestId
      set.headers['cache-control'] = 'no-store'
      set.headers['x-content-type-options'] = 'nosniff'
      // For Traefik, which hands it on to the service that auth let the request through to.
      if (name === 'auth') set.headers.traceparent = toTraceparent(context.trace)
    })
    .onError({ as: 'global' }, ({ code, error, set, request, route }) => {
      const requestId = String(set.headers['x-request-id'] ?? '')
      const known = code === 'PARSE' ? (media.refusalOf(request, route) ?? error) : error
      const { status, body, retryAfterSeconds } = toErrorReply(code, known, requestId)
      if (status >= 500)
        log.error(
          {
            err: error,
            requestId,
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
      visits.end(request, route, Number(set.status ?? 200)),
    )
    .derive({ as: 'global' }, async ({ request, set }) => {
      await meetSwitch(name, request)
      return {
        requestId: String(set.headers['x-request-id']),
        now: clock.now(),
        identity: await options.verifyIdentity(request.headers.get('x-identity')),
      }
    })
    .onTransform({ as: 'global' }, (context) => {
      // Elysia splits query values at commas (elysia#1800); rebuilt here from the URL before validation.
      // The schema of the route decides which names may repeat; Elysia's type here knows single values only.
      context.query = queryOf(context.request.url) as Record<string, string>
      const refusal = media.refusalOf(context.request, context.route)
      if (refusal) throw refusal
      // Told of what does not fit, Elysia prints the whole input: one without end would keep it busy for seconds.
      if (isNestedDeeper(context.body, MOST_LEVELS)) throw invalidInput({ body: ['This is nested too deeply.'] })
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
  return app
}

const replyHeaders = (headers: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    ['x-request-id', 'cache-control', 'x-content-type-options', 'retry-after'].flatMap((name) => {
      const value = headers[name]
      return value === undefined ? [] : [[name, String(value)]]
    }),
  )
