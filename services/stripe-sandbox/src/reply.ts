import { API_VERSION } from './api.version.ts'
import type { FailureBody } from './failure.ts'
import type { SavedReply } from './idempotency.repository.ts'
import { forBrowser } from './print.ts'

export interface ReplyFacts {
  requestId: string
  version: string
  headers?: Record<string, string>
}

/** Stripe's error body; a browser sees an intent only in part. */
export function errorText(body: FailureBody, requestId: string, isBrowser: boolean): string {
  const shown = Object.entries(body).map(([name, value]) => {
    const isObject = isBrowser && typeof value === 'object' && value !== null
    return [name, isObject ? forBrowser(value) : value]
  })
  const request_log_url = `https://dashboard.stripe.com/test/logs/${requestId}`
  return JSON.stringify({ error: { ...Object.fromEntries(shown), request_log_url } }, null, 2)
}

export const toResponse = ({ status, body }: SavedReply, { requestId, version, headers = {} }: ReplyFacts) =>
  new Response(body, {
    status,
    headers: {
      'content-type': 'application/json',
      'request-id': requestId,
      'stripe-version': version,
      'cache-control': 'no-store',
      ...headers,
    },
  })

/** The version asked for, or the one the sandbox speaks. */
export const versionOf = (request: Request): string => request.headers.get('stripe-version') ?? API_VERSION
