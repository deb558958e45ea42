/** What Stripe's error object can say, beside the HTTP status it travels with. */
export interface FailureBody {
  type: 'card_error' | 'invalid_request_error' | 'idempotency_error' | 'api_error'
  message: string
  code?: string
  decline_code?: string
  doc_url?: string
  param?: string
  charge?: string
  payment_intent?: unknown
  payment_method?: unknown
  setup_intent?: unknown
}
type Extra = Omit<Partial<FailureBody>, 'type' | 'message'>

export interface Failure extends Error {
  status: number
  body: FailureBody
  /** A validation failure never starts the endpoint, so its idempotency key stays unused. */
  isValidation: boolean
}

export const docUrlOf = (code: string) => `https://stripe.com/docs/error-codes/${code.replaceAll('_', '-')}`

/** An Error that the app answers as Stripe would. Throw it. */
export function failure(status: number, body: FailureBody, isValidation = false): Failure {
  const help = body.code ? { doc_url: docUrlOf(body.code) } : {}
  return Object.assign(new Error(body.message), { status, body: { ...help, ...body }, isValidation })
}

export function isFailure(error: unknown): error is Failure {
  return error instanceof Error && 'body' in error && 'isValidation' in error
}

/** A 400 about the request itself. */
export function invalidRequest(message: string, extra: Extra = {}) {
  return failure(400, { type: 'invalid_request_error', message, ...extra }, true)
}

/** A 402: the card, not the request, is at fault. */
export function cardError(code: string, message: string, extra: Extra = {}) {
  return failure(402, { type: 'card_error', code, message, ...extra })
}

export function noSuch(what: string, id: string, param = 'id') {
  const message = `No such ${what}: '${id}'`
  return failure(404, { type: 'invalid_request_error', code: 'resource_missing', message, param })
}

/** Somebody else keeps changing the same object. */
export function inUse(what: string) {
  const message = `This ${what} cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request.`
  return failure(429, { type: 'invalid_request_error', code: 'lock_timeout', message }, true)
}
