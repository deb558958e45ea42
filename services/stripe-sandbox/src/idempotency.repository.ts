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
