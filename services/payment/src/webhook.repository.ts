import type { ReceivedWebhook } from '@vitrine/contracts/traces'
import type { StaffHand } from '@vitrine/kernel/staff-act'
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
  /** `new`: stored, and claimed for the caller to work on. `conflict`: the id is known with another content. */
  receive(event: WebhookFacts, digest: string, now: Date): Promise<'new' | 'known' | 'conflict'>
  /** Takes one that is due and hides it from others for a while. */
  claim(now: Date): Promise<StoredEvent | null>
  finish(eventId: string, now: Date): Promise<void>
  /** `problem` is a word for people, never what Stripe sent. */
  retry(eventId: string, at: Date, problem: string): Promise<void>
  park(eventId: string, problem: string): Promise<void>
  /** Puts a parked one back to be worked on; false when it is not parked. */
  unpark(eventId: string, now: Date, hand: StaffHand | null): Promise<boolean>
  listOfIntent(intentId: string): Promise<ReceivedWebhook[]>
  /** The latest, of one status or of all. */
  list(status: ReceivedWebhook['status'] | undefined, limit: number): Promise<ReceivedWebhook[]>
  findEndpoint(): Promise<Endpoint | null>
  saveEndpoint(endpoint: Endpoint): Promise<void>
}
