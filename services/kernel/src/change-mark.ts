import { CATALOG_MARK, shareReading } from '@vitrine/contracts/change-mark'
import type { Redis } from 'ioredis'

/** Tells whether anything has changed since one looked: another value after every announced change. */
export interface ChangeMark {
  /** The mark as it stands, seeing every change announced before the call; null while that cannot be told. */
  read(): Promise<string | null>
  /** Announces a change: after it is committed, before it is acknowledged. False when the store is away. */
  renew(): Promise<boolean>
}

/**
 * The mark in Redis. A lost connection changes it too: Redis may have lost its last second of writes, and with them
 * an announcement.
 */
export function redisChangeMark(redis: Redis, key = CATALOG_MARK): ChangeMark {
  let connection = 0
  redis.on('close', () => {
    connection++
  })
  return {
    read: shareReading(async () => {
      const value = await redis.get(key).catch(() => null)
      return value === null ? null : `${connection}.${value}`
    }),
    async renew() {
      const outcome = await redis.set(key, crypto.randomUUID()).catch(() => null)
      return outcome !== null
    },
  }
}

/** Where there is no Redis: nothing is known, so nothing made earlier is used again. */
export const noChangeMark: ChangeMark = { read: async () => null, renew: async () => false }

/** Stores answer 0 or false when there was nothing to do. */
const isChange = (answer: unknown): boolean => answer !== 0 && answer !== false

/**
 * The same store, with a new mark after each of these methods that changed something, also after one that failed: what
 * a failed commit did is not known.
 */
export function announcing<T extends object>(store: T, methods: readonly (keyof T)[], mark: ChangeMark): T {
  const announced = methods.map((name) => {
    // Callers see the type of the method that is called here with the very same arguments.
    const run = store[name] as (...given: unknown[]) => Promise<unknown>
    const runAndTell = async (...given: unknown[]) => {
      let answer: unknown
      try {
        answer = await run(...given)
        return answer
      } finally {
        if (isChange(answer)) await mark.renew()
      }
    }
    return [name, runAndTell]
  })
  return { ...store, ...Object.fromEntries(announced) }
}
