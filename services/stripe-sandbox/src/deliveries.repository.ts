export type DeliveryStatus = 'due' | 'delivered' | 'dropped' | 'failed'

export interface Delivery {
  id: string
  account: string
  eventId: string
  endpointId: string
  status: DeliveryStatus
  attempts: number
  nextAt: Date
  /** What the receiver answered last: a status, or why there was none. */
  lastAnswer: string | null
}

/** Deliveries are made by the object repository's commits, one for each event and listening endpoint. */
export interface DeliveryRepository {
  /** Takes one due delivery, counts the try and hides it from others until `leaseUntil`. */
  claim(now: Date, leaseUntil: Date): Promise<Delivery | null>
  /** Ends a delivery; a delivered one no longer counts as pending on its event. */
  finish(delivery: Delivery, outcome: Exclude<DeliveryStatus, 'due'>, answer: string): Promise<void>
  /** `isFree`: the try does not count, as when a delivery is only held back. */
  retry(id: string, at: Date, answer: string | null, isFree?: boolean): Promise<void>
  /** The newest first. */
  log(filter: { eventId?: string | undefined; limit: number }): Promise<Delivery[]>
  /** When the next delivery is due, or null. */
  nextAt(): Promise<Date | null>
  /** Makes a delivery due again, whatever became of it. */
  resend(eventId: string, now: Date): Promise<number>
}
