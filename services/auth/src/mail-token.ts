import { hashToken, newToken } from '@vitrine/kernel/ids'
import type { Account, Origin } from './account.ts'
import type { TokenPurpose } from './one-time-token.repository.ts'
import type { AuthStore } from './store.repository.ts'

export const MAIL_TOKENS = {
  'verify-email': { purpose: 'verify-email', lifeMs: 24 * 3_600_000, event: 'user.verification_requested' },
  'reset-password': { purpose: 'reset-password', lifeMs: 10 * 60_000, event: 'user.password_reset_requested' },
  /** An invited person chooses a first password by the same route as one who forgot theirs. */
  invite: { purpose: 'reset-password', lifeMs: 3 * 86_400_000, event: 'user.invited' },
} as const satisfies Record<string, { purpose: TokenPurpose; lifeMs: number; event: string }>

/** Makes a single-use token and hands it to the mail service; only its hash stays here. Within a transaction. */
export async function issueMailToken(
  store: AuthStore,
  account: Account,
  kind: keyof typeof MAIL_TOKENS,
  now: Date,
  origin: Origin,
): Promise<void> {
  const { purpose, lifeMs, event } = MAIL_TOKENS[kind]
  const token = newToken()
  const expiresAt = new Date(now.getTime() + lifeMs)
  await store.oneTimeTokens.issue({ hash: hashToken(token), userId: account.id, purpose, createdAt: now, expiresAt })
  const { id: userId, email, name } = account
  await store.publish(event, { userId, email, name, token }, origin.requestId)
}
