import { z } from 'zod'

/** The one table from error code to HTTP status. A precise 409 code stands for `conflict`. */
export const ERROR_STATUS = {
  invalid_input: 400,
  unauthenticated: 401,
  payment_failed: 402,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  out_of_stock: 409,
  price_changed: 409,
  version_conflict: 409,
  illegal_transition: 409,
  idempotency_mismatch: 409,
  email_taken: 409,
  promotion_invalid: 409,
  too_large: 413,
  unsupported_media: 415,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS
// Object.keys of a const object yields exactly its keys, which TypeScript widens to string[].
const CODES = Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]

export const ErrorBody = z.object({
  code: z.enum(CODES),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
  requestId: z.string(),
})
export type ErrorBody = z.infer<typeof ErrorBody>

export const ErrorReply = z.object({ success: z.literal(false), error: ErrorBody })
export type ErrorReply = z.infer<typeof ErrorReply>

/** The success envelope around `data`. */
export const success = <S extends z.ZodType>(data: S) => z.object({ success: z.literal(true), data })

/** A page of a list. `nextCursor` is null on the last page. */
export const page = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int().nonnegative().optional() })
