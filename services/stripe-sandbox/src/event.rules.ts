import { API_VERSION } from './api.version.ts'
import type { Change, EventDraft, StripeObject } from './objects.repository.ts'

/** True when the endpoint is on and asked for this type of event. */
export function isListening(endpoint: StripeObject, type: string): boolean {
  const types = Array.isArray(endpoint.enabled_events) ? endpoint.enabled_events : []
  return endpoint.status === 'enabled' && (types.includes('*') || types.includes(type))
}

export function toEvent(
  id: string,
  { type, object, previous }: EventDraft,
  request: Change['request'],
  at: Date,
  pendingWebhooks: number,
): StripeObject {
  return {
    id,
    object: 'event',
    api_version: API_VERSION,
    created: Math.floor(at.getTime() / 1000),
    data: { object, ...(previous ? { previous_attributes: previous } : {}) },
    livemode: false,
    pending_webhooks: pendingWebhooks,
    request: { id: request?.id ?? null, idempotency_key: request?.idempotencyKey ?? null },
    type,
  }
}
