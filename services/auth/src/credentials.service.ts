import type { ChangePasswordInput, LoginCodeInput, LoginInput, RegisterInput, SignedIn } from '@vitrine/contracts/auth'
import type { Identity } from '@vitrine/contracts/identity'
import type { Clock } from '@vitrine/kernel/clock'
import { AppError, conflict, invalidInput } from '@vitrine/kernel/errors'
import { newId } from '@vitrine/kernel/ids'
import type { Account, Origin } from './account.ts'
import { hasSecondFactor } from './account.view.ts'
import type { TakeAttempt } from './address-limit.redis.ts'
import { recordAct, recordOften } from './audit.service.ts'
import { type LoginChallenges, passwordMark } from './login-challenge.ts'
import { issueMailToken } from './mail-token.ts'
import type { PasswordHasher } from './password.argon2.ts'
import { passwordFault } from './password.rules.ts'
import type { SecondFactorService } from './second-factor.service.ts'
import { openSession, type SessionService } from './session.service.ts'
import type { AuthStore } from './store.repository.ts'
import type { LoginThrottle } from './throttle.service.ts'

export interface CredentialsDeps {
  store: AuthStore
  clock: Clock
  hasher: PasswordHasher
  throttle: LoginThrottle
  takeAttempt: TakeAttempt
  sessions: SessionService
  secondFactor: SecondFactorService
  challenges: LoginChallenges
}

/** A new account with nothing filled in. */
export const blankAccount = (
  account: Pick<Account, 'email' | 'name' | 'passwordHash' | 'roles'>,
  now: Date,
): Account => ({
  id: newId('usr'),
  phone: null,
  totp: null,
  locale: null,
  currency: null,
  emailVerifiedAt: null,
  disabledAt: null,
  lastSignInAt: null,
  createdAt: now,
  updatedAt: now,
  ...account,
})

/** Refuses a password that everybody uses. */
export function requireGoodPassword(password: string, person: { email: string }): void {
  const fault = passwordFault(password, person)
  if (fault) throw invalidInput({ password: [fault] })
}

const wrongPassword = () => new AppError('unauthenticated', 'The email address or the password is wrong.')

export function createCredentialsService(deps: CredentialsDeps) {
  const { store, clock, hasher, throttle, takeAttempt, sessions, secondFactor, challenges } = deps

  /** Checks a password with the account's delay; a wrong one counts. */
  async function checkPassword(email: string, account: Account | null, password: string): Promise<boolean> {
    await throttle.check(email, clock.now())
    const isRight = await hasher.verify(account?.passwordHash ?? null, password)
    if (!isRight) {
      await throttle.countFailure(email, clock.now())
      return false
    }
    // Guesses sent in parallel do not slip past the delay their own failures caused.
    await throttle.check(email, clock.now())
    await throttle.clear(email)
    return true
  }

  /** Asks for the code of an account that has a second factor. */
  async function checkCode(account: Account, code: string | undefined, origin: Origin): Promise<void> {
    if (!hasSecondFactor(account)) return
    const details = { codeRequired: true, challenge: await challenges.issue(account) }
    if (!code) throw new AppError('unauthenticated', 'Enter the code of your authenticator app.', details)
    if (!(await secondFactor.check(account, code, origin)))
      throw new AppError('unauthenticated', 'This code is not right, or was used before. Take the next one.', details)
  }

  async function rehash({ passwordHash }: Account, password: string): Promise<Pick<Account, 'passwordHash'> | null> {
    if (passwordHash === null || !hasher.isOutdated(passwordHash)) return null
    return { passwordHash: await hasher.hash(password) }
  }

  async function beginSession(account: Account, changes: Partial<Account> | null, origin: Origin): Promise<SignedIn> {
    const opened = await store.transaction(async (tx) => {
      const now = clock.now()
      await tx.users.update(account.id, { lastSignInAt: now, ...changes })
      const session = await openSession(tx, account, origin, now, hasSecondFactor(account))
      await recordAct(tx, now, origin, { action: 'session.login', actor: account.id, sessionId: session.sessionId })
      return session
    })
    return sessions.toSignedIn(opened)
  }

  async function refuseDisabled(account: Account, origin: Origin): Promise<void> {
    if (!account.disabledAt) return
    await recordOften(store, clock.now(), origin, { action: 'session.login_refused', actor: account.id })
    throw new AppError('forbidden', 'This account is disabled. Write to us.')
  }

  return {
    async register(input: RegisterInput, origin: Origin): Promise<SignedIn> {
      await takeAttempt(origin.address)
      requireGoodPassword(input.password, input)
      if (await store.users.findByEmail(input.email))
        throw conflict('email_taken', 'There is already an account with this email address.')
      const passwordHash = await hasher.hash(input.password)
      const opened = await store.transaction(async (tx) => {
        const now = clock.now()
        const { email, name } = input
        const account = { ...blankAccount({ email, name, passwordHash, roles: ['customer'] }, now), lastSignInAt: now }
        await tx.users.add(account)
        await tx.publish('user.registered', { userId: account.id, email, name }, origin.requestId)
        await issueMailToken(tx, account, 'verify-email', now, origin)
        const session = await openSession(tx, account, origin, now)
        await recordAct(tx, now, origin, { action: 'user.registered', actor: account.id, sessionId: session.sessionId })
        return session
      })
      return sessions.toSignedIn(opened)
    },

    async login({ email, password, code }: LoginInput, origin: Origin): Promise<SignedIn> {
      await takeAttempt(origin.address)
      const account = await store.users.findByEmail(email)
      if (!(await checkPassword(email, account, password)) || !account) {
        const act = { action: 'session.login_failed', actor: null, target: account?.id ?? null }
        await recordOften(store, clock.now(), origin, act)
        throw wrongPassword()
      }
      await refuseDisabled(account, origin)
      await checkCode(account, code, origin)
      return beginSession(account, await rehash(account, password), origin)
    },

    /** Goes on with a sign-in that owed its code. */
    async loginWithCode({ challenge, code }: LoginCodeInput, origin: Origin): Promise<SignedIn> {
      await takeAttempt(origin.address)
      const known = await challenges.read(challenge)
      const account = known ? await store.users.findById(known.userId) : null
      if (!account || passwordMark(account) !== known?.mark)
        throw new AppError('unauthenticated', 'That took too long. Sign in from the start.')
      await refuseDisabled(account, origin)
      await checkCode(account, code, origin)
      return beginSession(account, null, origin)
    },

    async changePassword(identity: Identity, input: ChangePasswordInput, origin: Origin): Promise<void> {
      const account = await this.requireAccountWithPassword(identity.userId, input.current, 'current')
      requireGoodPassword(input.password, account)
      const passwordHash = await hasher.hash(input.password)
      await store.transaction(async (tx) => {
        const now = clock.now()
        await tx.users.update(account.id, { passwordHash, updatedAt: now })
        await tx.sessions.revokeAll(account.id, now, identity.sessionId)
        await tx.publish(
          'user.password_changed',
          { userId: account.id, email: account.email, name: account.name },
          origin.requestId,
        )
        const act = { action: 'password.changed', actor: account.id, sessionId: identity.sessionId }
        await recordAct(tx, now, origin, act)
      })
    },

    /** The account of somebody signed in who proves it again; `field` is named when the password is wrong. */
    async requireAccountWithPassword(userId: string, password: string, field: string): Promise<Account> {
      const account = await store.users.findById(userId)
      if (!account) throw new AppError('unauthenticated', 'Sign in first.')
      if (!(await checkPassword(account.email, account, password)))
        throw invalidInput({ [field]: ['This is not your password.'] })
      return account
    },
  }
}

export type CredentialsService = ReturnType<typeof createCredentialsService>
