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
}

export interface Change {
  account: string
  create?: readonly { object: StripeObject; hidden?: Record<string, unknown> }[]
  /** Saved only when nobody changed it since it was read. */
  update?: readonly Stored[]
  events?: readonly EventDraft[]
  request?: { id: string; idempotencyKey: string | null }
}

export interface ListQuery {
  kind: string
  limit: number
  startingAfter?: string | undefined
  endingBefore?: string | undefined
  where?: Record<string, unknown>
}

export interface ObjectRepository {
  find(account: string, id: string): Promise<Stored | null>
  /** The intent that waits for this challenge, of any account: the attempt's name is the secret. */
  findByChallenge(attempt: string): Promise<Stored | null>
  list(account: string, query: ListQuery): Promise<{ items: StripeObject[]; hasMore: boolean }>
  /** All or nothing, with the events and their deliveries. `stale`: read again and decide again. */
  commit(change: Change): Promise<'done' | 'stale'>
  remove(account: string, id: string): Promise<boolean>
}
