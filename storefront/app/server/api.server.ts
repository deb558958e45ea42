import type { ErrorCode } from '@vitrine/contracts/envelope'
import { ErrorReply, success } from '@vitrine/contracts/envelope'
import { z } from 'zod'
import { readCookie } from '#app/server/cookies.server.ts'
import { env } from '#app/server/env.server.ts'

const READ_DEADLINE_MS = 5_000
const WRITE_DEADLINE_MS = 15_000

const Envelope = success(z.unknown())

export interface ApiOptions {
  idempotencyKey?: string
  /** Sent as If-Match, for edits that must not overwrite somebody else's. */
  version?: number
  /** The token that opens one order for a guest. */
  orderToken?: string | null
  deadlineMs?: number
}

/** A service answered with an error, or did not answer (`unavailable`). */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number
  readonly code: ErrorCode
  readonly details: Record<string, unknown>
  readonly requestId: string
  constructor(status: number, code: ErrorCode, message: string, requestId: string, details = {}, cause?: unknown) {
    super(message, { cause })
    this.status = status
    this.code = code
    this.details = details
    this.requestId = requestId
  }
}

export const isApiError = (error: unknown, ...codes: ErrorCode[]): error is ApiError =>
  error instanceof ApiError && (codes.length === 0 || codes.includes(error.code))

/** The schema of a reply without content (204). */
export const Nothing = z.undefined()

function headersFor(request: Request, body: unknown, options: ApiOptions): Headers {
  const headers = new Headers({
    Accept: 'application/json',
    // Compressing for a neighbour costs more than it saves.
    'Accept-Encoding': 'identity',
    ...idsOf(request),
  })
  const access = readCookie(request, 'vitrine_access')
  if (access) headers.set('Authorization', `Bearer ${access}`)
  const cart = readCookie(request, 'cart')
  if (cart) headers.set('X-Cart-Id', cart)
  if (options.orderToken) headers.set('X-Order-Token', options.orderToken)
  if (options.idempotencyKey) headers.set('Idempotency-Key', options.idempotencyKey)
  if (options.version !== undefined) headers.set('If-Match', String(options.version))
  const type = typeOf(body)
  if (type) headers.set('Content-Type', type)
  const agent = request.headers.get('User-Agent')
  if (agent) headers.set('User-Agent', agent)
  const forwardedFor = request.headers.get('X-Forwarded-For')
  if (forwardedFor) headers.set('X-Forwarded-For', forwardedFor)
  return headers
}

/** The id that follows this visit through every service; `server.ts` makes sure that there is one. */
export function requestIdOf(request: Request): string {
  return request.headers.get('X-Request-Id') ?? 'req_unknown'
}

/** The same and the visit's step of its trace, as headers of whatever is asked because of it. */
export function idsOf(request: Request): Record<string, string> {
  const traceparent = request.headers.get('traceparent')
  return { 'X-Request-Id': requestIdOf(request), ...(traceparent ? { traceparent } : {}) }
}

/** A form brings its own type with its boundary; a file knows its type. */
function typeOf(body: unknown): string | null {
  if (body === undefined || body instanceof FormData) return null
  return body instanceof Blob ? body.type : 'application/json'
}

function encode(body: unknown): BodyInit | undefined {
  if (body === undefined || body instanceof FormData || body instanceof Blob) return body
  return JSON.stringify(body)
}

async function send(request: Request, method: string, path: string, body: unknown, options: ApiOptions) {
  const deadlineMs = options.deadlineMs ?? (method === 'GET' ? READ_DEADLINE_MS : WRITE_DEADLINE_MS)
  try {
    return await fetch(`${env.MESH_URL}${path}`, {
      method,
      headers: headersFor(request, body, options),
      body: encode(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(deadlineMs),
    })
  } catch (error) {
    throw new ApiError(503, 'unavailable', 'A part of the shop does not answer.', requestIdOf(request), {}, error)
  }
}

/** What stands between us and the services refuses and fails without an envelope. */
const BARE: Record<number, ErrorCode> = { 400: 'invalid_input', 401: 'unauthenticated', 404: 'not_found' }

async function readError(request: Request, response: Response): Promise<ApiError> {
  const parsed = ErrorReply.safeParse(await response.json().catch(() => null))
  if (!parsed.success) {
    const code = BARE[response.status]
    if (code) return new ApiError(response.status, code, 'This is nothing the shop knows.', requestIdOf(request))
    return new ApiError(503, 'unavailable', 'A part of the shop does not answer.', requestIdOf(request))
  }
  const { code, message, details, requestId } = parsed.data.error
  return new ApiError(response.status, code, message, requestId, details)
}

async function call<S extends z.ZodType>(
  request: Request,
  schema: S,
  method: string,
  path: string,
  body?: unknown,
  options: ApiOptions = {},
): Promise<z.infer<S>> {
  const response = await send(request, method, path, body, options)
  if (!response.ok) throw await readError(request, response)
  if (response.status === 204) return schema.parse(undefined)
  const envelope = Envelope.safeParse(await response.json())
  const parsed = schema.safeParse(envelope.data?.data)
  if (envelope.success && parsed.success) return parsed.data
  const cause = new Error(`${method} ${path} answered with an unexpected shape.`, {
    cause: parsed.error ?? envelope.error,
  })
  throw new ApiError(500, 'internal', 'The answer was not understood.', requestIdOf(request), {}, cause)
}

/**
 * The typed client of the services, speaking for the person who sent `request`.
 *
 *     const cart = await api(request).get(CartView, '/api/cart/')
 */
export function api(request: Request) {
  return {
    get: <S extends z.ZodType>(schema: S, path: string, options?: ApiOptions) =>
      call(request, schema, 'GET', path, undefined, options),
    post: <S extends z.ZodType>(schema: S, path: string, body?: unknown, options?: ApiOptions) =>
      call(request, schema, 'POST', path, body, options),
    put: <S extends z.ZodType>(schema: S, path: string, body?: unknown, options?: ApiOptions) =>
      call(request, schema, 'PUT', path, body, options),
    patch: <S extends z.ZodType>(schema: S, path: string, body?: unknown, options?: ApiOptions) =>
      call(request, schema, 'PATCH', path, body, options),
    delete: <S extends z.ZodType>(schema: S, path: string, body?: unknown, options?: ApiOptions) =>
      call(request, schema, 'DELETE', path, body, options),
  }
}
