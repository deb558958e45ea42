import type { ErrorReply } from '@vitrine/contracts/envelope'
import { z } from 'zod'
import { AppError, invalidInput, unavailable } from './errors.ts'
import { isStoreDown } from './mongo.ts'

/** What Elysia's ValidationError carries for a zod schema. It also holds the whole input, which must never leave. */
const Validation = z.object({
  type: z.string(),
  all: z.array(z.object({ path: z.unknown(), message: z.string().optional() })).optional(),
})

const UNKNOWN_KEYS = /^Unrecognized keys?: (.*)$/s
const MOST_KEYS = 20
const LONGEST_KEY = 60

const pathOf = (path: unknown): string =>
  Array.isArray(path)
    ? path.join('.')
    : String(path ?? '')
        .replace(/^\//, '')
        .replaceAll('/', '.')

/** An issue as fields and messages. Elysia hands on where unknown keys stand, but their names in zod's message only. */
function namedIssues(path: string, message: string): [string, string][] {
  const keys = UNKNOWN_KEYS.exec(message)?.[1]
  if (keys === undefined) return [[path, message]]
  const above = path === '' || path === 'root' ? '' : `${path}.`
  const names = keys.slice(1, -1).split('", "').slice(0, MOST_KEYS)
  return names.map((name) => [above + name.slice(0, LONGEST_KEY), 'Unknown key.'])
}

function fieldsOf(error: unknown): Record<string, string[]> {
  const fields = new Map<string, string[]>()
  for (const { path, message = 'Does not fit.' } of Validation.safeParse(error).data?.all ?? [])
    for (const [name, said] of namedIssues(pathOf(path), message)) fields.set(name, [...(fields.get(name) ?? []), said])
  return Object.fromEntries(fields)
}

function toAppError(code: string | number, error: unknown): AppError {
  if (error instanceof AppError) return error
  if (code === 'VALIDATION' && Validation.safeParse(error).data?.type !== 'response')
    return invalidInput(fieldsOf(error))
  if (code === 'PARSE' || code === 'INVALID_COOKIE_SIGNATURE')
    return invalidInput({ body: ['The body is not valid for its content type.'] })
  if (code === 'NOT_FOUND') return new AppError('not_found', 'There is nothing at this address.')
  if (code === 'INVALID_FILE_TYPE') return new AppError('unsupported_media', 'This type of file is not accepted.')
  if (isStoreDown(error)) return unavailable('A store', 2, error)
  if (
    error instanceof Error &&
    /commandTimeout|Command timed out|Stream isn't writeable|max retries per request|Connection is closed/i.test(
      error.message,
    )
  )
    return unavailable('A store', 2, error)
  return new AppError('internal', 'Something went wrong on our side. Tell us the request id.', undefined, {
    cause: error,
  })
}

/** The only writer of the failure envelope. */
export function toErrorReply(
  code: string | number,
  error: unknown,
  requestId: string,
): { status: number; body: ErrorReply; retryAfterSeconds?: number } {
  const known = toAppError(code, error)
  return {
    status: known.status,
    ...(known.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: known.retryAfterSeconds }),
    body: {
      success: false,
      error: {
        code: known.code,
        message: known.message,
        ...(known.details ? { details: known.details } : {}),
        requestId,
      },
    },
  }
}
