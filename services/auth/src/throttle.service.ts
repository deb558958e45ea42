import { AppError } from '@vitrine/kernel/errors'
import { hashToken } from '@vitrine/kernel/ids'
import type { ThrottleRepository } from './throttle.repository.ts'
import { delayAfter } from './throttle.rules.ts'

/** Slows guessing down, one account at a time. An account that does not exist is treated alike. */
export interface LoginThrottle {
  /** Throws `rate_limited` while the account has to wait. */
  check(email: string, now: Date): Promise<void>
  countFailure(email: string, now: Date): Promise<void>
  clear(email: string): Promise<void>
}

export function createLoginThrottle(repository: ThrottleRepository): LoginThrottle {
  return {
    async check(email, now) {
      const until = await repository.findBlock(hashToken(email), now)
      if (!until) return
      const retryAfterSeconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000))
      throw new AppError('rate_limited', 'Too many attempts. Wait a moment, or reset the password.', undefined, {
        retryAfterSeconds,
      })
    },
    async countFailure(email, now) {
      const key = hashToken(email)
      const seconds = delayAfter(await repository.countFailure(key, now))
      if (seconds > 0) await repository.block(key, new Date(now.getTime() + seconds * 1000))
    },
    clear: (email) => repository.clear(hashToken(email)),
  }
}
