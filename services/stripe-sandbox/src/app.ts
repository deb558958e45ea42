import type { Log } from '@vitrine/kernel/log'
import type { Call, SandboxDeps } from './call.ts'
import { createChallengePage } from './challenge.page.ts'
import { createChallengeService } from './challenge.service.ts'
import type { Control } from './control.ts'
import { createEndpointService } from './endpoints.service.ts'
import { type FailureBody, failure, isFailure } from './failure.ts'
import { parseForm } from './form.ts'
import type { IdempotencyRepository, SavedReply } from './idempotency.repository.ts'
import { createIntentService } from './intents.service.ts'
import { randomId, requireCaller, seededIds } from './keys.ts'
import { createListService } from './lists.service.ts'
import { createMethodService } from './methods.service.ts'
import { forBrowser } from './print.ts'
import { createRefundService } from './refunds.service.ts'
import { dispatch } from './router.ts'

export interface AppDeps extends SandboxDeps {
  idempotency: IdempotencyRepository
  control: Control
  log: Log
  isReady: () => Promise<void>
  browserScript: () => Response
}

const MAX_BODY = 256 * 1024

/** The whole sandbox as one function from request to response. */
export function createSandboxApp(deps: AppDeps): (request: Request) => Promise<Response> {
  const { control, idempotency, log } = deps
  const methods = createMethodService(deps)
  const intents = createIntentService(deps, methods)
  const lists = createListService(deps)
  const services = {
    methods,
    intents,
    lists,
    refunds: createRefundService(deps),
    endpoints: createEndpointService(deps),
  }
  const challenge = createChallengePage(createChallengeService(deps, intents, methods, control.now))

  async function run(request: Request, path: string, url: URL, requestId: string, isEdge: boolean): Promise<Response> {
    const text = request.method === 'GET' ? url.search.slice(1) : await request.text()
    if (text.length > MAX_BODY)
      throw failure(413, { type: 'invalid_request_error', message: 'Request body too large.' }, true)
    const { key: keyParam, ...params } = parseForm(text)
    const caller = requireCaller(bearerOf(request) ?? (typeof keyParam === 'string' ? keyParam : null))
    if (isEdge && caller.access === 'secret') {
      throw failure(
        403,
        { type: 'invalid_request_error', message: 'Secret keys are refused here. Never send one from a browser.' },
        true,
      )
    }
    const idempotencyKey = request.method === 'POST' ? request.headers.get('idempotency-key') : null
    const call: Call = { ...caller, params, now: control.now(), requestId, idempotencyKey, newId: randomId }
    if (!idempotencyKey) return toResponse(await reply(request.method, path, call), requestId)
    return once(request.method, path, call, idempotencyKey, text)
  }

  async function once(method: string, path: string, call: Call, key: string, text: string): Promise<Response> {
    if (key.length > 255)
      throw failure(
        400,
        { type: 'invalid_request_error', message: 'Idempotency keys can be at most 255 characters.' },
        true,
      )
    const claim = await idempotency.claim(call.account, key, `${method} ${path} ${text}`, call.now)
    if (claim.state === 'mismatch') {
      throw failure(
        400,
        {
          type: 'idempotency_error',
          message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
        },
        true,
      )
    }
    if (claim.state === 'in_use') {
      throw failure(
        409,
        {
          type: 'idempotency_error',
          code: 'idempotency_key_in_use',
          message: `There is currently another in-progress request using this Stripe Key: ${key}.`,
        },
        true,
      )
    }
    if (claim.state === 'replay') return toResponse(claim.reply, call.requestId, { 'idempotent-replayed': 'true' })
    try {
      const saved = await reply(method, path, { ...call, newId: seededIds(claim.seed) })
      await idempotency.save(call.account, key, saved)
      return toResponse(saved, call.requestId)
    } catch (error) {
      await idempotency.free(call.account, key)
      throw error
    }
  }

  /** Outcomes, card errors among them, are replies; only validation failures and bugs are thrown. */
  async function reply(method: string, path: string, call: Call): Promise<SavedReply> {
    try {
      return { status: 200, body: JSON.stringify(await dispatch(services, method, path, call), null, 2) }
    } catch (error) {
      if (!isFailure(error) || error.isValidation) throw error
      return { status: error.status, body: errorText(error.body, call.access === 'publishable') }
    }
  }

  async function api(request: Request, url: URL, isEdge: boolean): Promise<Response> {
    const path = isEdge ? url.pathname.slice('/stripe'.length) : url.pathname
    const requestId = randomId('req')
    const fault = control.takeFault(url.pathname)
    if (fault?.latencyMs) await Bun.sleep(fault.latencyMs)
    if (fault?.status)
      return toResponse(
        { status: fault.status, body: errorText({ type: 'api_error', message: 'An injected fault.' }, false) },
        requestId,
      )
    try {
      const answer = await run(request, path, url, requestId, isEdge)
      return fault?.dropReply ? await lost() : answer
    } catch (error) {
      if (isFailure(error)) return toResponse({ status: error.status, body: errorText(error.body, isEdge) }, requestId)
      log.error({ err: error, requestId, path }, 'request failed')
      return toResponse(
        { status: 500, body: errorText({ type: 'api_error', message: 'An unexpected error occurred.' }, false) },
        requestId,
      )
    }
  }

  return async (request) => {
    const url = new URL(request.url)
    const { pathname } = url
    if (pathname === '/livez') return Response.json({ status: 'ok' })
    if (pathname === '/readyz') return readiness(deps.isReady)
    if (pathname === '/stripe/js') return deps.browserScript()
    if (pathname === '/stripe/challenge') return challenge(request, url)
    if (pathname.startsWith('/stripe/v1/')) return api(request, url, true)
    if (pathname.startsWith('/_control/')) return control.handle(request, pathname.slice('/_control/'.length))
    return api(request, url, false)
  }
}

async function readiness(isReady: () => Promise<void>): Promise<Response> {
  try {
    await isReady()
    return Response.json({ status: 'ok' })
  } catch {
    return Response.json({ status: 'unavailable' }, { status: 503 })
  }
}

/** The work is done and its answer never arrives. */
async function lost(): Promise<Response> {
  await Bun.sleep(30_000)
  return new Response(null, { status: 504 })
}

function bearerOf(request: Request): string | null {
  const [scheme = '', value = ''] = (request.headers.get('authorization') ?? '').split(' ')
  if (/^bearer$/i.test(scheme)) return value
  return /^basic$/i.test(scheme) ? (atob(value).split(':')[0] ?? null) : null
}

function errorText(body: FailureBody, isBrowser: boolean): string {
  const { payment_intent: intent, ...rest } = body
  const shown = isBrowser && typeof intent === 'object' && intent !== null ? forBrowser(intent) : intent
  return JSON.stringify({ error: { ...rest, ...(intent ? { payment_intent: shown } : {}) } }, null, 2)
}

const toResponse = ({ status, body }: SavedReply, requestId: string, headers: Record<string, string> = {}) =>
  new Response(body, {
    status,
    headers: {
      'content-type': 'application/json',
      'request-id': requestId,
      'stripe-version': '2026-10-28.endive',
      'cache-control': 'no-store',
      ...headers,
    },
  })
