import { createHash, randomUUID } from 'node:crypto'
import { redis } from '#app/server/redis.server.ts'

const LOCK_MS = 6_000
const RESULT_MS = 10_000
const WAIT_STEP_MS = 40

const inFlight = new Map<string, Promise<unknown>>()
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

async function readResult(key: string): Promise<string | null> {
  return redis()
    .get(key)
    .catch(() => null)
}

async function runShared<T>(key: string, run: () => Promise<T>): Promise<T> {
  const lock = `${key}:lock`
  const owner = randomUUID()
  const endsAt = Date.now() + LOCK_MS
  while (Date.now() < endsAt) {
    const known = await readResult(key)
    if (known !== null) return JSON.parse(known)
    const isMine = await redis()
      .set(lock, owner, 'PX', LOCK_MS, 'NX')
      .catch(() => 'OK')
    if (isMine) {
      const result = await run()
      await redis()
        .set(key, JSON.stringify(result), 'PX', RESULT_MS)
        .catch(() => null)
      return result
    }
    await pause(WAIT_STEP_MS)
  }
  return run()
}

/** Runs `run` once for all who ask with the same key at the same time, over all replicas; they share its result. */
export function singleFlight<T>(name: string, run: () => Promise<T>): Promise<T> {
  const key = `flight:${createHash('sha256').update(name).digest('hex')}`
  const known = inFlight.get(key)
  // The key names the kind of work, so whoever waits here expects the same type.
  if (known) return known as Promise<T>
  const work = runShared(key, run).finally(() => inFlight.delete(key))
  inFlight.set(key, work)
  return work
}
