import type { ClientSession } from '@vitrine/kernel/mongo'

export interface DeliveryDraft {
  account: string
  eventId: string
  endpointId: string
}

export interface Delivery extends DeliveryDraft {
  id: string
  attempts: number
}

export interface DeliveryRepository {
  enqueue(draft: DeliveryDraft, session: ClientSession): Promise<void>
  /** Takes one due delivery and hides it from others until `leaseUntil`. */
  claim(now: Date, leaseUntil: Date): Promise<Delivery | null>
  finish(id: string, outcome: 'delivered' | 'dropped' | 'failed'): Promise<void>
  retry(id: string, at: Date): Promise<void>
}
