export interface SavedReply {
  status: number
  body: string
}

export type KeyClaim =
  | { state: 'mine'; seed: string }
  | { state: 'in_use' }
  | { state: 'mismatch' }
  | { state: 'replay'; reply: SavedReply }

/** The first status and body under a key are kept and replayed; validation failures free the key. */
export interface IdempotencyRepository {
  claim(account: string, key: string, fingerprint: string, now: Date): Promise<KeyClaim>
  save(account: string, key: string, reply: SavedReply): Promise<void>
  free(account: string, key: string): Promise<void>
}

/** A request that died in the middle leaves its lock for this long; the next one takes over with the same seed. */
export const LOCK_MS = 10_000
/** After this a key is forgotten and runs afresh. */
export const KEPT_MS = 24 * 3600 * 1000
