import { AppError } from '@vitrine/kernel/errors'
import type { Log } from '@vitrine/kernel/log'
import type { Redis } from 'ioredis'
import { attemptsPerMinute, type RateLimits } from './throttle.rules.ts'

/** Counts attempts by address; throws `rate_limited` beyond the limit. */
export type TakeAttempt = (address: string) => Promise<void>

const WINDOW_SECONDS = 60

/** Shared by all replicas. While Redis is away each counts what it sees itself: guessing stays limited. */
export function createAddressLimit(options: { redis: Redis; limits: RateLimits; log: Log }): TakeAttempt {
  const countHere = createLocalCount()
  return async (address) => {
    const allowed = attemptsPerMinute(options.limits, address)
    if (allowed === null) return
    const count = await countAttempt(options.redis, address).catch((error) => {
      options.log.warn({ err: error }, 'attempts by address are counted by this replica alone')
      return countHere(address)
    })
    if (count > allowed)
      throw new AppError('rate_limited', 'Too many attempts from this address. Wait a minute.', undefined, {
        retryAfterSeconds: WINDOW_SECONDS,
      })
  }
}

/** Attempts of the current minute, forgotten together when the next begins. */
function createLocalCount() {
  let window = 0
  const counts = new Map<string, number>()
  return (address: string): number => {
    const now = Math.floor(performance.now() / (WINDOW_SECONDS * 1000))
    if (now !== window) counts.clear()
    window = now
    const count = (counts.get(address) ?? 0) + 1
    counts.set(address, count)
    return count
  }
}

async function countAttempt(redis: Redis, address: string): Promise<number> {
  const key = `auth:attempts:${address}`
  const results = await redis.multi().set(key, 0, 'EX', WINDOW_SECONDS, 'NX').incr(key).exec()
  return Number(results?.[1]?.[1] ?? 0)
}
