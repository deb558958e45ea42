import { type Algorithm, hash, verify } from '@node-rs/argon2'
import { unavailable } from '@vitrine/kernel/errors'
import { createBoundedQueue } from './bounded-queue.ts'

/** OWASP's floor for argon2id: 19 MiB, two passes, one lane. */
// The library declares `Algorithm` as an ambient const enum, which isolated modules cannot read: 2 is Argon2id.
const PARAMETERS = { algorithm: 2 as Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const PREFIX = '$argon2id$v=19$m=19456,t=2,p=1$'

export interface PasswordHasher {
  hash(password: string): Promise<string>
  /** Takes as long for null, an account that does not exist, as for any other; the answer is then false. */
  verify(passwordHash: string | null, password: string): Promise<boolean>
  /** True for hashes made with other parameters. */
  isOutdated(passwordHash: string): boolean
}

/** Hashes on worker threads, two at a time; when too many wait, further calls get 503 rather than memory. */
export function createPasswordHasher(limits = { running: 2, waiting: 100 }): PasswordHasher {
  const queue = createBoundedQueue(limits, () => unavailable('Sign-in', 2))
  const compute = (password: string) => queue.run(() => hash(password, PARAMETERS))
  let nobodysHash: Promise<string> | undefined
  return {
    hash: compute,
    async verify(passwordHash, password) {
      if (passwordHash) return queue.run(() => verify(passwordHash, password))
      nobodysHash ??= hash(crypto.randomUUID(), PARAMETERS)
      const known = await nobodysHash
      await queue.run(() => verify(known, password))
      return false
    },
    isOutdated: (passwordHash) => !passwordHash.startsWith(PREFIX),
  }
}
