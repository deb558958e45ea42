import type { RecoveryCodes, SecondFactorOffer, SecondFactorStatus } from '@vitrine/contracts/auth'
import type { Identity } from '@vitrine/contracts/identity'
import type { Clock } from '@vitrine/kernel/clock'
import { AppError, conflict, invalidInput } from '@vitrine/kernel/errors'
import { hashToken } from '@vitrine/kernel/ids'
import { Secret } from 'otpauth'
import { effective } from './access.rules.ts'
import type { Account, Origin } from './account.ts'
import { hasSecondFactor } from './account.view.ts'
import { recordAct, recordOften } from './audit.service.ts'
import { findPermissions } from './identity.service.ts'
import type { AuthStore } from './store.repository.ts'
import type { LoginThrottle } from './throttle.service.ts'
import { plainCode, stepOf, totpUri } from './totp.rules.ts'

export interface SecondFactorDeps {
  store: AuthStore
  clock: Clock
  throttle: LoginThrottle
  isSecondFactorRequired: boolean
}

const RECOVERY_CODES = 10
const RECOVERY_BYTES = 10

/** 80 random bits in groups of four: "k7pw-…". */
function newRecoveryCode(): string {
  const { base32 } = new Secret({ size: RECOVERY_BYTES })
  return (base32.toLowerCase().match(/.{4}/g) ?? []).join('-')
}

const hashCode = (code: string): string => hashToken(plainCode(code))
const wrongCode = () => invalidInput({ code: ['This code is not right, or was used before. Take the next one.'] })
const throttleKey = ({ id }: Account): string => `code:${id}`

export function createSecondFactorService({ store, clock, throttle, isSecondFactorRequired }: SecondFactorDeps) {
  async function getAccount(userId: string): Promise<Account> {
    const account = await store.users.findById(userId)
    if (!account) throw new AppError('unauthenticated', 'Sign in first.')
    return account
  }

  async function spend(account: Account, code: string): Promise<boolean> {
    const { totp } = account
    if (!totp) return false
    const step = stepOf(totp.secret, code, clock.now())
    if (step !== null) return store.users.spendTotpStep(account.id, step)
    return totp.confirmedAt !== null && store.users.spendRecoveryCode(account.id, hashCode(code))
  }

  /** Spends a code with the account's own delay; false for a wrong or used one. */
  async function check(account: Account, code: string, origin: Origin): Promise<boolean> {
    const key = throttleKey(account)
    await throttle.check(key, clock.now())
    if (await spend(account, code)) {
      await throttle.clear(key)
      return true
    }
    await throttle.countFailure(key, clock.now())
    await recordOften(store, clock.now(), origin, { action: 'session.code_failed', actor: null, target: account.id })
    return false
  }

  return {
    check,

    async getStatus(identity: Identity): Promise<SecondFactorStatus> {
      const account = await getAccount(identity.userId)
      const granted = await findPermissions(store, account.roles)
      const session = await store.sessions.findLive(identity.sessionId, clock.now())
      const isEnrolled = hasSecondFactor(account)
      const state = { isSecondFactorRequired, hasSecondFactor: session?.hasSecondFactor ?? false }
      return {
        isEnrolled,
        isRequired: isSecondFactorRequired && granted.length > 0,
        isMissing: effective(granted, state).isSecondFactorMissing,
        recoveryCodesLeft: isEnrolled ? (account.totp?.recoveryHashes.length ?? 0) : 0,
      }
    },

    /** A new secret for the app; a factor in force is removed first. */
    async begin(account: Account): Promise<SecondFactorOffer> {
      if (hasSecondFactor(account)) throw conflict('conflict', 'There is a second factor already. Remove it first.')
      const secret = account.totp?.secret ?? new Secret({ size: 20 }).base32
      const totp = { secret, confirmedAt: null, lastStep: 0, recoveryHashes: [] }
      await store.users.update(account.id, { totp, updatedAt: clock.now() })
      return { secret, uri: totpUri(secret, account.email) }
    },

    /** Puts the factor in force once the app shows the right code, and makes the recovery codes. */
    async confirm(identity: Identity, code: string, origin: Origin): Promise<RecoveryCodes> {
      const account = await getAccount(identity.userId)
      const { totp } = account
      if (!totp || totp.confirmedAt) throw conflict('conflict', 'There is nothing to confirm. Begin again.')
      if (!(await check(account, code, origin))) throw wrongCode()
      const recoveryCodes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode)
      const recoveryHashes = recoveryCodes.map(hashCode)
      await store.transaction(async (tx) => {
        const now = clock.now()
        const lastStep = stepOf(totp.secret, code, now) ?? totp.lastStep
        await tx.users.update(account.id, {
          totp: { ...totp, lastStep, confirmedAt: now, recoveryHashes },
          updatedAt: now,
        })
        await tx.sessions.setSecondFactor(identity.sessionId)
        const act = { action: 'second_factor.added', actor: account.id, sessionId: identity.sessionId }
        await recordAct(tx, now, origin, act)
      })
      return { recoveryCodes }
    },

    /** Takes the factor away from an account, whoever asks; the caller has proven the right to. */
    async remove(accountId: string, by: Identity, origin: Origin): Promise<void> {
      await store.transaction(async (tx) => {
        const now = clock.now()
        await tx.users.update(accountId, { totp: null, updatedAt: now })
        await tx.sessions.dropSecondFactor(accountId)
        const { userId: actor, sessionId } = by
        await recordAct(tx, now, origin, { action: 'second_factor.removed', actor, target: accountId, sessionId })
      })
    },
  }
}

export type SecondFactorService = ReturnType<typeof createSecondFactorService>
