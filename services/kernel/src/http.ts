import { ErrorReply, success } from '@vitrine/contracts/envelope'
import type { ServiceName } from '@vitrine/contracts/identity'
import { z } from 'zod'
import type { SignAssertion } from './assertion.ts'
import { AppError, unavailable } from './errors.ts'

export interface ServiceCall {
  service: ServiceName
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
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

/** GET is tried twice; anything else once, because only the caller knows whether it is safe to repeat. */
export function createServiceClient(options: { meshUrl: string; signAssertion: SignAssertion }): ServiceClient {
  async function send(call: ServiceCall): Promise<Response> {
    const path = call.path.split('?')[0] ?? call.path
    const assertion = await options.signAssertion({ audience: call.service, method: call.method, path })
    return fetch(options.meshUrl + call.path, {
      method: call.method,
      signal: AbortSignal.timeout(call.timeoutMs ?? 2000),
      // Non-idempotent calls take a fresh socket: Bun re-sends a POST on a pooled one that was reset (bun#28706).
      ...(call.method === 'GET' ? {} : { keepalive: false }),
      headers: {
        'x-service': assertion,
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(call.idempotencyKey ? { 'idempotency-key': call.idempotencyKey } : {}),
        ...(call.requestId ? { 'x-request-id': call.requestId } : {}),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    })
  }

  async function attempt<S extends z.ZodType>(schema: S, call: ServiceCall): Promise<z.infer<S>> {
    let reply: Response
    let body: unknown
    try {
      reply = await send(call)
      body = await reply.json()
    } catch (cause) {
      throw unavailable(call.service, 2, cause)
    }
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
        try {
          return await attempt(schema, call)
        } catch (error) {
          const canRetry = number < attempts && error instanceof AppError && error.code === 'unavailable'
          if (!canRetry) throw error
        }
      }
    },
  }
}
