import type { WebhookFacts } from './gateway.ts'

export interface StoredEvent {
  eventId: string
  type: string
  intentId: string | null
  attempts: number
}

export interface Endpoint {
  endpointId: string
  url: string
  secret: string
}

/** Received webhooks by event id, and the endpoint they are sent to. */
export interface WebhookRepository {
  /** `conflict`: the id is known with another content. */
  receive(event: WebhookFacts, digest: string, now: Date): Promise<'new' | 'known' | 'conflict'>
  /** Takes one that is due and hides it from others for a while. */
  claim(now: Date): Promise<StoredEvent | null>
  finish(eventId: string): Promise<void>
  retry(eventId: string, at: Date): Promise<void>
  park(eventId: string): Promise<void>
  findEndpoint(): Promise<Endpoint | null>
  saveEndpoint(endpoint: Endpoint): Promise<void>
}
