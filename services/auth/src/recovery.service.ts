import type { ResetPasswordInput } from '@vitrine/contracts/auth'
import type { Clock } from '@vitrine/kernel/clock'
import { AppError, invalidInput } from '@vitrine/kernel/errors'
import { hashToken } from '@vitrine/kernel/ids'
import type { Account, Origin } from './account.ts'
import type { TakeAttempt } from './address-limit.redis.ts'
import { recordAct } from './audit.service.ts'
import { requireGoodPassword } from './credentials.service.ts'
import { issueMailToken } from './mail-token.ts'
import type { TokenPurpose } from './one-time-token.repository.ts'
import type { PasswordHasher } from './password.argon2.ts'
import type { AuthStore } from './store.repository.ts'
import type { LoginThrottle } from './throttle.service.ts'

export interface RecoveryDeps {
  store: AuthStore
  clock: Clock
  hasher: PasswordHasher
  throttle: LoginThrottle
  takeAttempt: TakeAttempt
}

const MAIL_PAUSE_MS = 60_000
/** A reply to "forgot" takes at least this long, so that its time says nothing about the account. */
const FORGOT_FLOOR_MS = 150

const badToken = () => invalidInput({ token: ['This link has been used or is too old. Ask for a new one.'] })

export function createRecoveryService({ store, clock, hasher, throttle, takeAttempt }: RecoveryDeps) {
  async function isTooSoon(account: Account, purpose: TokenPurpose): Promise<boolean> {
    const latest = await store.oneTimeTokens.findLatest(account.id, purpose)
    return latest !== null && clock.now().getTime() - latest.createdAt.getTime() < MAIL_PAUSE_MS
  }

  async function mailReset(email: string, origin: Origin): Promise<void> {
    const account = await store.users.findByEmail(email)
    if (!account || account.disabledAt || (await isTooSoon(account, 'reset-password'))) return
    await store.transaction(async (tx) => {
      const now = clock.now()
      await issueMailToken(tx, account, 'reset-password', now, origin)
      await recordAct(tx, now, origin, { action: 'password.reset_requested', actor: null, target: account.id })
    })
  }

  return {
    async verifyEmail(token: string, origin: Origin): Promise<void> {
      await store.transaction(async (tx) => {
        const now = clock.now()
        const userId = await tx.oneTimeTokens.spend(hashToken(token), 'verify-email', now)
        const account = userId ? await tx.users.update(userId, { emailVerifiedAt: now, updatedAt: now }) : null
        if (!account) throw badToken()
        await recordAct(tx, now, origin, { action: 'email.verified', actor: account.id })
      })
    },

    async resendVerification(userId: string, origin: Origin): Promise<void> {
      const account = await store.users.findById(userId)
      if (!account) throw new AppError('unauthenticated', 'Sign in first.')
      if (account.emailVerifiedAt || (await isTooSoon(account, 'verify-email'))) return
      await store.transaction((tx) => issueMailToken(tx, account, 'verify-email', clock.now(), origin))
    },

    /** Says nothing about whether the account exists; at most one mail a minute. */
    async forgot(email: string, origin: Origin): Promise<void> {
      await takeAttempt(origin.address)
      await Promise.all([mailReset(email, origin), Bun.sleep(FORGOT_FLOOR_MS)])
    },

    /** Sets the password, ends every session and signs nobody in. Works while sign-in has to wait. */
    async reset({ token, password }: ResetPasswordInput, origin: Origin): Promise<void> {
      await takeAttempt(origin.address)
      requireGoodPassword(password, { email: '' })
      const passwordHash = await hasher.hash(password)
      const account = await store.transaction(async (tx) => {
        const now = clock.now()
        const userId = await tx.oneTimeTokens.spend(hashToken(token), 'reset-password', now)
        const known = userId ? await tx.users.findById(userId) : null
        if (!known) throw badToken()
        const emailVerifiedAt = known.emailVerifiedAt ?? now
        await tx.users.update(known.id, { passwordHash, emailVerifiedAt, updatedAt: now })
        await tx.sessions.revokeAll(known.id, now)
        const { id: userIdKnown, email, name } = known
        await tx.publish('user.password_changed', { userId: userIdKnown, email, name }, origin.requestId)
        await recordAct(tx, now, origin, { action: 'password.reset', actor: known.id })
        return known
      })
      await throttle.clear(account.email)
    },
  }
}

export type RecoveryService = ReturnType<typeof createRecoveryService>
