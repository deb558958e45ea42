import { AppError } from '@vitrine/kernel/errors'
import type { Log } from '@vitrine/kernel/log'
import type { Redis } from 'ioredis'
import { attemptsPerMinute, type RateLimits } from './throttle.rules.ts'

/** Counts attempts by address; throws `rate_limited` beyond the limit. */
export type TakeAttempt = (address: string) => Promise<void>

const WINDOW_SECONDS = 60

/** Shared by all replicas. While Redis is away the limit by account still holds, so attempts pass. */
export function createAddressLimit(options: { redis: Redis; limits: RateLimits; log: Log }): TakeAttempt {
  return async (address) => {
    const allowed = attemptsPerMinute(options.limits, address)
    if (allowed === null) return
    const count = await countAttempt(options.redis, address).catch((error) => {
      options.log.warn({ err: error }, 'attempts by address are not counted')
      return 0
    })
    if (count > allowed)
      throw new AppError('rate_limited', 'Too many attempts from this address. Wait a minute.', undefined, {
        retryAfterSeconds: WINDOW_SECONDS,
      })
  }
}

async function countAttempt(redis: Redis, address: string): Promise<number> {
  const key = `auth:attempts:${address}`
  const results = await redis.multi().set(key, 0, 'EX', WINDOW_SECONDS, 'NX').incr(key).exec()
  return Number(results?.[1]?.[1] ?? 0)
}
