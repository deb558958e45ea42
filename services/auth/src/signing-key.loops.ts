import type { Clock } from '@vitrine/kernel/clock'
import { type LeasedLoop, startLeasedLoop } from '@vitrine/kernel/lease'
import type { SigningKeyStore } from './signing-key.mongo.ts'
import { type KeyRing, rotateWhenDue } from './signing-keys.ts'

const RELOAD_MS = 30_000

export interface KeyLoopOptions extends Pick<LeasedLoop, 'connection' | 'log'> {
  keyStore: SigningKeyStore
  keys: KeyRing
  clock: Clock
  days: number
}

/** One replica rotates by age; every replica reads the keys anew, well before a new one signs. Returns `stop`. */
export function startKeyLoops({ connection, keyStore, keys, clock, log, days }: KeyLoopOptions): () => Promise<void> {
  const stopRotation = startLeasedLoop({
    connection,
    name: 'rotate-keys',
    everyMs: 60_000,
    log,
    run: () => rotateWhenDue(keyStore, clock.now(), days),
  })
  const timer = setInterval(() => {
    keys.reload().catch((error) => log.warn({ err: error }, 'signing keys were not read anew'))
  }, RELOAD_MS)
  return async () => {
    clearInterval(timer)
    await stopRotation()
  }
}
