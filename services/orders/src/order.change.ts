import type { EventData, EventType } from '@vitrine/contracts/events'
import type { OrderRecord } from './order.ts'

export type Outgoing = { [K in EventType]: { type: K; data: EventData<K> } }[EventType]

/** What a decision does to an order: fields to set, one timeline entry, events to tell. */
export interface OrderChange {
  set: Partial<OrderRecord>
  type: string
  data?: Record<string, unknown>
  events?: Outgoing[]
}
