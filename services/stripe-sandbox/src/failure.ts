/** What Stripe's error object can say, beside the HTTP status it travels with. */
export interface FailureBody {
  type: 'card_error' | 'invalid_request_error' | 'idempotency_error' | 'api_error'
  message: string
  code?: string
  decline_code?: string
  param?: string
  charge?: string
  payment_intent?: unknown
  payment_method?: unknown
}

export interface Failure extends Error {
  status: number
  body: FailureBody
  /** A validation failure never starts the endpoint, so its idempotency key stays unused. */
  isValidation: boolean
}

/** An Error that the app answers as Stripe would. Throw it. */
export function failure(status: number, body: FailureBody, isValidation = false): Failure {
  return Object.assign(new Error(body.message), { status, body, isValidation })
}

export function isFailure(error: unknown): error is Failure {
  return error instanceof Error && 'body' in error && 'isValidation' in error
}

/** A 400 about the request itself. */
export function invalidRequest(message: string, extra: Omit<Partial<FailureBody>, 'type' | 'message'> = {}) {
  return failure(400, { type: 'invalid_request_error', message, ...extra }, true)
}

/** A 402: the card, not the request, is at fault. */
export function cardError(code: string, message: string, extra: Omit<Partial<FailureBody>, 'type' | 'message'> = {}) {
  return failure(402, { type: 'card_error', code, message, ...extra })
}

export function noSuch(what: string, id: string, param = 'id') {
  return failure(404, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${what}: '${id}'`,
    param,
  })
}
