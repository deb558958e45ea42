export type TokenPurpose = 'verify-email' | 'reset-password'

export interface OneTimeToken {
  hash: string
  userId: string
  purpose: TokenPurpose
  createdAt: Date
  expiresAt: Date
}

export interface OneTimeTokenRepository {
  /** Replaces earlier tokens of the same person and purpose. */
  issue(token: OneTimeToken): Promise<void>
  findLatest(userId: string, purpose: TokenPurpose): Promise<OneTimeToken | null>
  /** The person it was made for, once; null when unknown, spent or over. */
  spend(hash: string, purpose: TokenPurpose, now: Date): Promise<string | null>
  removeAll(userId: string): Promise<void>
}
