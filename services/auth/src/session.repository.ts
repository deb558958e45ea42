/** One sign-in on one device: the family of all refresh tokens that descend from it. */
export interface LoginSession {
  id: string
  userId: string
  userAgent: string
  address: string
  createdAt: Date
  lastUsedAt: Date
  /** Moves forward with each refresh, never beyond `endsAt`. */
  expiresAt: Date
  endsAt: Date
  revokedAt: Date | null
  /** A second factor was used, at sign-in or since. */
  hasSecondFactor: boolean
}

export type SpentToken =
  | { outcome: 'fresh'; sessionId: string; userId: string }
  | { outcome: 'reused'; sessionId: string; userId: string }
  | { outcome: 'unknown' }

export interface SessionRepository {
  add(session: LoginSession): Promise<void>
  /** Only a session that is neither revoked nor over. */
  findLive(id: string, now: Date): Promise<LoginSession | null>
  listLive(userId: string, now: Date): Promise<LoginSession[]>
  extend(id: string, lastUsedAt: Date, expiresAt: Date): Promise<void>
  setSecondFactor(id: string): Promise<void>
  /** Every session of the person counts as one without a second factor. */
  dropSecondFactor(userId: string): Promise<void>
  /** False when the person has no such live session. */
  revoke(id: string, userId: string, now: Date): Promise<boolean>
  /** Ends every session of the person, but for the one to keep. */
  revokeAll(userId: string, now: Date, keepId?: string): Promise<number>
  addRefreshToken(token: { hash: string; sessionId: string; userId: string; expiresAt: Date }): Promise<void>
  /** Spends a refresh token; only the first of any number of parallel calls gets `fresh`. */
  spendRefreshToken(hash: string, now: Date): Promise<SpentToken>
}
