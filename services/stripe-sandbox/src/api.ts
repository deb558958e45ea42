import type { Log } from '@vitrine/kernel/log'
import type { Call } from './call.ts'
import type { Control, Fault } from './control.ts'
import { type FailureBody, failure, invalidRequest, isFailure } from './failure.ts'
import { parseForm } from './form.ts'
import type { SavedReply } from './idempotency.repository.ts'
import { fingerprintOf, once } from './idempotent.ts'
import { randomId, requireCaller } from './keys.ts'
import { printed } from './print.ts'
import { errorText, toResponse, versionOf } from './reply.ts'
import { findRoute, type Services } from './router.ts'
import type { Storage } from './storage.ts'

interface ApiDeps {
  storage: Storage
  services: Services
  control: Control
  log: Log
}

const MAX_BODY = 256 * 1024
const BUG: FailureBody = {
  type: 'api_error',
  message: 'An unknown error occurred. If this error persists, please try again in a few minutes.',
}
const INJECTED: FailureBody = { type: 'api_error', message: 'An injected fault.' }

/** Stripe's API under `/v1`, for servers, and under `/stripe/v1` for browsers. */
export function createApi({ storage, services, control, log }: ApiDeps) {
  async function run(
    request: Request,
    path: string,
    url: URL,
    requestId: string,
    isEdge: boolean,
    fault: Fault | null,
  ) {
    const isRead = request.method === 'GET' || request.method === 'DELETE'
    const body = request.method === 'GET' ? '' : await request.text()
    const text = isRead && url.search.length > 1 ? url.search.slice(1) : body
    if (text.length > MAX_BODY)
      throw failure(413, { type: 'invalid_request_error', message: 'Request body too large.' }, true)
    requireForm(request, body)
    const { key: keyParam, ...params } = parseForm(text)
    const caller = requireCaller(bearerOf(request) ?? (typeof keyParam === 'string' ? keyParam : null))
    if (isEdge && caller.access === 'secret') throw secretInBrowser()
    const idempotencyKey = request.method === 'POST' ? request.headers.get('idempotency-key') : null
    const call: Call = { ...caller, params, now: control.now(), requestId, idempotencyKey, newId: randomId }
    const work = (current: Call) => reply(request.method, path, current, fault)
    const version = versionOf(request)
    if (!idempotencyKey) return toResponse(await work(call), { requestId, version })
    const fingerprint = fingerprintOf(request.method, path, params)
    const done = await once(storage.idempotency, call, idempotencyKey, fingerprint, work)
    const headers = { 'idempotency-key': idempotencyKey, ...(done.isReplayed ? { 'idempotent-replayed': 'true' } : {}) }
    return toResponse(done.reply, { requestId, version, headers })
  }

  /** Outcomes, card errors and bugs among them, are replies; validation failures and an absent store are thrown. */
  async function reply(method: string, path: string, call: Call, fault: Fault | null): Promise<SavedReply> {
    const isBrowser = call.access === 'publishable'
    try {
      const object = await findRoute(method, path, call)(services)
      const body = JSON.stringify(await printed(storage.objects, call, object), null, 2)
      if (!fault?.status) return { status: 200, body }
      return { status: fault.status, body: errorText(INJECTED, call.requestId, isBrowser) }
    } catch (error) {
      if (isFailure(error)) {
        if (error.isValidation) throw error
        return { status: error.status, body: errorText(error.body, call.requestId, isBrowser) }
      }
      if (storage.isDown(error)) throw error
      log.error({ err: error, requestId: call.requestId, path }, 'request failed')
      return { status: 500, body: errorText(BUG, call.requestId, isBrowser) }
    }
  }

  return async (request: Request, url: URL, isEdge: boolean): Promise<Response> => {
    const path = isEdge ? url.pathname.slice('/stripe'.length) : url.pathname
    const requestId = randomId('req')
    const facts = { requestId, version: versionOf(request) }
    const fault = control.takeFault(url.pathname)
    if (fault?.latencyMs) await Bun.sleep(fault.latencyMs)
    const isRefused = fault?.status && fault.phase === 'before'
    if (isRefused)
      return toResponse({ status: fault.status ?? 500, body: errorText(INJECTED, requestId, false) }, facts)
    try {
      const answer = await run(request, path, url, requestId, isEdge, fault)
      return fault?.dropReply ? await lost() : answer
    } catch (error) {
      if (isFailure(error)) {
        const headers = retryHeaders(error.body.code)
        return toResponse(
          { status: error.status, body: errorText(error.body, requestId, isEdge) },
          { ...facts, headers },
        )
      }
      log.error({ err: error, requestId, path }, 'request failed')
      return toResponse({ status: 500, body: errorText(BUG, requestId, isEdge) }, facts)
    }
  }
}

/** The official libraries repeat a request that only collided with another. */
const retryHeaders = (code: string | undefined): Record<string, string> =>
  code === 'lock_timeout' || code === 'idempotency_key_in_use' ? { 'stripe-should-retry': 'true' } : {}

/** The work is done and its answer never arrives. */
async function lost(): Promise<Response> {
  await Bun.sleep(30_000)
  return new Response(null, { status: 504 })
}

function requireForm(request: Request, body: string) {
  if (body === '' || !/json/i.test(request.headers.get('content-type') ?? '')) return
  throw invalidRequest(
    'Invalid request (check that your POST content type is application/x-www-form-urlencoded). If you have any questions, we can help at https://support.stripe.com/.',
  )
}

const secretInBrowser = () => {
  const message = 'Secret keys are refused here. Never send one from a browser.'
  return failure(403, { type: 'invalid_request_error', message }, true)
}

function bearerOf(request: Request): string | null {
  const [scheme = '', value = ''] = (request.headers.get('authorization') ?? '').split(' ')
  if (/^bearer$/i.test(scheme)) return value
  return /^basic$/i.test(scheme) ? (atob(value).split(':')[0] ?? null) : null
}
