/** What is known of an `Idempotency-Key`: nothing else may run under it, and its answer stands. */
export type Attempt =
  | { state: 'started'; orderId: string; isFirst: boolean }
  | { state: 'running'; retryAfterSeconds: number }
  | { state: 'done'; status: number; sealedReply: string }
  | { state: 'mismatch' }

export interface AttemptRepository {
  /** Takes the key, or takes over from an attempt that crashed (its lock ran out): the same order goes on. */
  begin(attempt: { id: string; bodyHash: string; orderId: string; now: Date }): Promise<Attempt>
  finish(id: string, reply: { status: number; sealedReply: string }): Promise<void>
  /** Lets the next call with this key go on with the same order at once. */
  unlock(id: string, now: Date): Promise<void>
  /** The keys that led to an order, with what they were answered. */
  listOfOrder(orderId: string): Promise<{ at: string; status: number | null; lockedUntil: string }[]>
  /** Forgets the key: nothing happened under it. */
  forget(id: string): Promise<void>
}
