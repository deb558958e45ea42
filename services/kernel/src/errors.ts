import { ERROR_STATUS, type ErrorCode } from '@vitrine/contracts/envelope'

/**
 * The one error class: an expected outcome with a code of the contract.
 * Everything else that is thrown is a bug and becomes `internal` without detail.
 */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: Record<string, unknown> | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: ErrorCode,
    message: string,
    details?: Record<string, unknown>,
    options: { cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.details = details
    this.retryAfterSeconds = options.retryAfterSeconds
  }

  get status(): number {
    return ERROR_STATUS[this.code]
  }
}

/** 404: missing, or somebody else's. `what` names the kind of thing, never the value asked for. */
export const notFound = (what: string) => new AppError('not_found', `This ${what} does not exist.`)

/** 409 with a precise code; `details` say what is true now. */
export const conflict = (code: ErrorCode, message: string, details?: Record<string, unknown>) =>
  new AppError(code, message, details)

/** 503: a dependency is down; the caller may try again. */
export const unavailable = (what: string, retryAfterSeconds = 2, cause?: unknown) =>
  new AppError('unavailable', `${what} is not available right now. Try again shortly.`, undefined, {
    retryAfterSeconds,
    cause,
  })

/** 400 with the fields that do not fit. */
export const invalidInput = (fields: Record<string, string[]>) =>
  new AppError('invalid_input', 'Some values do not fit. See details.fields.', { fields })
