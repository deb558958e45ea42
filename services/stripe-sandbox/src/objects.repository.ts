/** Any object of the API, as Stripe would print it. */
export interface StripeObject {
  id: string
  object: string
  created: number
  [field: string]: unknown
}

export interface Stored<T extends StripeObject = StripeObject> {
  account: string
  object: T
  /** What the sandbox remembers and never prints. */
  hidden: Record<string, unknown>
  version: number
}

export interface EventDraft {
  type: string
  object: StripeObject
  /** The old values of what an `….updated` event is about. */
  previous?: Record<string, unknown>
}

export interface Change {
  account: string
  create?: readonly { object: StripeObject; hidden?: Record<string, unknown> }[]
  /** Saved only when nobody changed it since it was read. */
  update?: readonly Stored[]
  events?: readonly EventDraft[]
  request?: { id: string; idempotencyKey: string | null }
  /** Objects that something happens to by itself later, as a refund that settles; null: no more. */
  later?: readonly { id: string; at: Date | null }[]
}

export interface ListQuery {
  kind: string
  limit: number
  startingAfter?: string | undefined
  endingBefore?: string | undefined
  /** Fields that must have exactly this value. */
  equal?: Record<string, string | boolean>
  types?: readonly string[] | undefined
  /** Seconds since 1970. */
  created?: { gt?: number; gte?: number; lt?: number; lte?: number } | undefined
  hasPendingWebhooks?: boolean | undefined
}

/** Totals of an account's balance transactions by currency, net of fees. */
export interface BalanceTotals {
  currency: string
  available: number
  pending: number
}

export interface ObjectRepository {
  find(account: string, id: string): Promise<Stored | null>
  /** Whose object this is, or null. */
  accountOf(id: string): Promise<string | null>
  /** The intent that waits for this challenge, of any account: the attempt's name is the secret. */
  findByChallenge(attempt: string): Promise<Stored | null>
  list(account: string, query: ListQuery): Promise<{ items: StripeObject[]; hasMore: boolean }>
  /** Sums what is available at this second and what is not yet. */
  balance(account: string, atSeconds: number): Promise<BalanceTotals[]>
  /** All or nothing, with the events and their deliveries. `stale`: read again and decide again. */
  commit(change: Change): Promise<'done' | 'stale'>
  remove(account: string, id: string): Promise<boolean>
  /** Takes one object whose later step is due and hides it from others until `leaseUntil`. */
  claimLater(now: Date, leaseUntil: Date): Promise<Stored | null>
  /** When the next later step is due, or null. */
  nextLaterAt(): Promise<Date | null>
}
