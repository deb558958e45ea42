import { ErrorReply, success } from '@vitrine/contracts/envelope'
import type { ServiceName } from '@vitrine/contracts/identity'
import { type Trace, toTraceparent } from '@vitrine/contracts/trace'
import { z } from 'zod'
import type { SignAssertion } from './assertion.ts'
import { currentContext } from './context.ts'
import { AppError, unavailable } from './errors.ts'
import { stepBelow } from './steps.ts'
import { record } from './tracing.ts'

export interface ServiceCall {
  service: ServiceName
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path with query, e.g. `/internal/catalog/variants?skus=a,b`. */
  path: string
  body?: unknown
  idempotencyKey?: string
  requestId?: string
  /** Deadline of one attempt, 2,000 ms unless told. */
  timeoutMs?: number
}

/** Calls other services through Traefik's private entry point. */
export interface ServiceClient {
  /** The reply's `data`, checked. Throws the callee's AppError, or `unavailable` when the outcome is unknown. */
  call<S extends z.ZodType>(schema: S, call: ServiceCall): Promise<z.infer<S>>
}

const GET_ATTEMPTS = 2
/** A try that took longer met silence, not a refusal: another one would only double the wait. */
const QUICK_MS = 1000

/** GET is tried twice; anything else once, because only the caller knows whether it is safe to repeat. */
export function createServiceClient(options: { meshUrl: string; signAssertion: SignAssertion }): ServiceClient {
  async function send(call: ServiceCall, trace: Trace): Promise<Response> {
    const path = call.path.split('?')[0] ?? call.path
    const assertion = await options.signAssertion({ audience: call.service, method: call.method, path })
    const requestId = call.requestId ?? currentContext()?.requestId
    return fetch(options.meshUrl + call.path, {
      method: call.method,
      signal: AbortSignal.timeout(call.timeoutMs ?? 2000),
      // Non-idempotent calls take a fresh socket: Bun re-sends a POST on a pooled one that was reset (bun#28706).
      ...(call.method === 'GET' ? {} : { keepalive: false }),
      headers: {
        'x-service': assertion,
        // Compressing for a neighbour costs more than it saves.
        'accept-encoding': 'identity',
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(call.idempotencyKey ? { 'idempotency-key': call.idempotencyKey } : {}),
        ...(requestId ? { 'x-request-id': requestId } : {}),
        traceparent: toTraceparent(trace),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    })
  }

  /** One try as a step of its own in the trace. */
  async function traced(call: ServiceCall): Promise<{ reply: Response; body: unknown }> {
    const trace = stepBelow(currentContext()?.trace)
    const startMs = Date.now()
    let status = 0
    try {
      const reply = await send(call, trace)
      status = reply.status
      return { reply, body: await reply.json() }
    } catch (cause) {
      throw unavailable(call.service, 2, cause)
    } finally {
      record(trace, () => ({
        name: `${call.method} ${call.service}`,
        kind: 'client',
        startMs,
        endMs: Date.now(),
        isError: status === 0 || status >= 500,
        attributes: {
          'http.request.method': call.method,
          'server.address': call.service,
          'http.response.status_code': status,
        },
      }))
    }
  }

  async function attempt<S extends z.ZodType>(schema: S, call: ServiceCall): Promise<z.infer<S>> {
    const { reply, body } = await traced(call)
    if (reply.ok) return schema.parse(success(z.unknown()).parse(body).data)
    const refused = ErrorReply.safeParse(body)
    // Traefik's own replies (no server) carry no envelope.
    if (!refused.success || reply.status >= 500) throw unavailable(call.service)
    const { code, message, details } = refused.data.error
    throw new AppError(code, message, details)
  }

  return {
    async call(schema, call) {
      const attempts = call.method === 'GET' ? GET_ATTEMPTS : 1
      for (let number = 1; ; number++) {
        const startedAt = performance.now()
        try {
          return await attempt(schema, call)
        } catch (error) {
          const wasQuick = performance.now() - startedAt < QUICK_MS
          const isUnavailable = error instanceof AppError && error.code === 'unavailable'
          if (number >= attempts || !wasQuick || !isUnavailable) throw error
        }
      }
    },
  }
}
