import type { SignedIn } from '@vitrine/contracts/auth'
import type { Clock } from '@vitrine/kernel/clock'
import { AppError, notFound } from '@vitrine/kernel/errors'
import { hashToken, newId, newToken } from '@vitrine/kernel/ids'
import { effective } from './access.rules.ts'
import { ACCESS_TOKEN_SECONDS, type AccessTokens } from './access-token.ts'
import type { Account, Origin } from './account.ts'
import { toUser } from './account.view.ts'
import { recordAct } from './audit.service.ts'
import { findPermissions } from './identity.service.ts'
import type { LoginSession } from './session.repository.ts'
import type { AuthStore } from './store.repository.ts'

const IDLE_MS = 7 * 86_400_000
const LONGEST_MS = 30 * 86_400_000

interface OpenSession {
  account: Account
  sessionId: string
  refreshToken: string
  hasSecondFactor: boolean
}

/** An idle session ends after 7 days, any after 30. */
export const expiryAfterUse = (now: Date, endsAt: Date): Date =>
  new Date(Math.min(now.getTime() + IDLE_MS, endsAt.getTime()))

async function addRefreshToken(store: AuthStore, session: { id: string; userId: string }, expiresAt: Date) {
  const refreshToken = newToken()
  await store.sessions.addRefreshToken({
    hash: hashToken(refreshToken),
    sessionId: session.id,
    userId: session.userId,
    expiresAt,
  })
  return refreshToken
}

/** Begins a session within the caller's transaction. */
export async function openSession(
  store: AuthStore,
  account: Account,
  origin: Origin,
  now: Date,
  hasSecondFactor = false,
): Promise<OpenSession> {
  const endsAt = new Date(now.getTime() + LONGEST_MS)
  const session: LoginSession = {
    id: newId('ses'),
    userId: account.id,
    userAgent: origin.userAgent.slice(0, 300),
    address: origin.address,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: expiryAfterUse(now, endsAt),
    endsAt,
    revokedAt: null,
    hasSecondFactor,
  }
  await store.sessions.add(session)
  const refreshToken = await addRefreshToken(store, session, session.expiresAt)
  return { account, sessionId: session.id, refreshToken, hasSecondFactor }
}

export interface SessionDeps {
  store: AuthStore
  clock: Clock
  accessTokens: AccessTokens
  isSecondFactorRequired: boolean
}

type Refreshed = ({ outcome: 'renewed' } & OpenSession) | { outcome: 'refused' }

export function createSessionService(deps: SessionDeps) {
  const { store, clock, accessTokens, isSecondFactorRequired } = deps

  async function toSignedIn({ account, sessionId, refreshToken, ...session }: OpenSession): Promise<SignedIn> {
    const [granted, accessToken] = await Promise.all([
      findPermissions(store, account.roles),
      accessTokens.issue({ userId: account.id, sessionId }),
    ])
    const { permissions } = effective(granted, { isSecondFactorRequired, ...session })
    return { user: toUser(account, permissions), accessToken, expiresIn: ACCESS_TOKEN_SECONDS, refreshToken }
  }

  /** Spends the token and, when it was spent before, ends the whole session: one of the two holders is a thief. */
  async function renew(tx: AuthStore, refreshToken: string, origin: Origin): Promise<Refreshed> {
    const now = clock.now()
    const spent = await tx.sessions.spendRefreshToken(hashToken(refreshToken), now)
    if (spent.outcome === 'unknown') return { outcome: 'refused' }
    const { sessionId, userId } = spent
    if (spent.outcome === 'reused') {
      const hasRevoked = await tx.sessions.revoke(sessionId, userId, now)
      if (hasRevoked) await recordAct(tx, now, origin, { action: 'session.reuse_detected', actor: userId, sessionId })
      return { outcome: 'refused' }
    }
    const session = await tx.sessions.findLive(sessionId, now)
    const account = await tx.users.findById(userId)
    if (!session || !account || account.disabledAt) return { outcome: 'refused' }
    const expiresAt = expiryAfterUse(now, session.endsAt)
    await tx.sessions.extend(sessionId, now, expiresAt)
    const renewed = await addRefreshToken(tx, session, expiresAt)
    return { outcome: 'renewed', account, sessionId, refreshToken: renewed, hasSecondFactor: session.hasSecondFactor }
  }

  return {
    toSignedIn,
    async refresh(refreshToken: string, origin: Origin): Promise<SignedIn> {
      const result = await store.transaction((tx) => renew(tx, refreshToken, origin))
      if (result.outcome === 'refused') throw new AppError('unauthenticated', 'This session has ended. Sign in again.')
      return toSignedIn(result)
    },
    /** Ends the session that either token belongs to. Nothing to end is fine too. */
    async logout(tokens: { bearer: string | null; refreshToken?: string }, origin: Origin): Promise<void> {
      const now = clock.now()
      const subject = tokens.bearer ? await accessTokens.read(tokens.bearer, { isExpiredAllowed: true }) : null
      const end = async (tx: AuthStore, sessionId: string, userId: string) => {
        if (!(await tx.sessions.revoke(sessionId, userId, now))) return
        await recordAct(tx, now, origin, { action: 'session.logout', actor: userId, sessionId })
      }
      await store.transaction(async (tx) => {
        if (subject) await end(tx, subject.sessionId, subject.userId)
        if (!tokens.refreshToken) return
        const spent = await tx.sessions.spendRefreshToken(hashToken(tokens.refreshToken), now)
        if (spent.outcome !== 'unknown') await end(tx, spent.sessionId, spent.userId)
      })
    },
    async list(userId: string, currentId: string) {
      const sessions = await store.sessions.listLive(userId, clock.now())
      const items = sessions.map((session) => ({
        id: session.id,
        userAgent: session.userAgent,
        address: session.address,
        createdAt: session.createdAt.toISOString(),
        lastUsedAt: session.lastUsedAt.toISOString(),
        expiresAt: session.expiresAt.toISOString(),
        isCurrent: session.id === currentId,
      }))
      return { items, nextCursor: null }
    },
    revoke: (id: string, userId: string, origin: Origin) =>
      store.transaction(async (tx) => {
        const now = clock.now()
        if (!(await tx.sessions.revoke(id, userId, now))) throw notFound('session')
        await recordAct(tx, now, origin, { action: 'session.revoked', actor: userId, target: userId, sessionId: id })
      }),
    revokeAll: (userId: string, origin: Origin) =>
      store.transaction(async (tx) => {
        const now = clock.now()
        const count = await tx.sessions.revokeAll(userId, now)
        await recordAct(tx, now, origin, { action: 'session.all_revoked', actor: userId, details: { count } })
      }),
  }
}

export type SessionService = ReturnType<typeof createSessionService>
