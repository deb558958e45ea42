import type { Call } from './call.ts'
import { failure, invalidRequest } from './failure.ts'
import type { IdempotencyRepository, SavedReply } from './idempotency.repository.ts'
import { seededIds } from './keys.ts'

const LONGEST_KEY = 255

const mismatch = (key: string) =>
  failure(
    400,
    {
      type: 'idempotency_error',
      message: `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`,
    },
    true,
  )

const inProgress = (key: string) =>
  failure(
    409,
    {
      type: 'idempotency_error',
      code: 'idempotency_key_in_use',
      message: `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`,
    },
    true,
  )

export interface OnceReply {
  reply: SavedReply
  isReplayed: boolean
}

/**
 * Runs a request once for its idempotency key. The first status and body are kept, 402s and 500s among them;
 * what `work` throws was never executed and frees the key.
 */
export async function once(
  keys: IdempotencyRepository,
  call: Call,
  key: string,
  fingerprint: string,
  work: (call: Call) => Promise<SavedReply>,
): Promise<OnceReply> {
  if (key.length > LONGEST_KEY) {
    throw invalidRequest(`Idempotency keys must be at most ${LONGEST_KEY} characters long (yours has ${key.length}).`)
  }
  const claim = await keys.claim(call.account, key, fingerprint, call.now)
  if (claim.state === 'mismatch') throw mismatch(key)
  if (claim.state === 'in_use') throw inProgress(key)
  if (claim.state === 'replay') return { reply: claim.reply, isReplayed: true }
  try {
    const reply = await work({ ...call, newId: seededIds(claim.seed) })
    await keys.save(call.account, key, reply)
    return { reply, isReplayed: false }
  } catch (error) {
    await keys.free(call.account, key)
    throw error
  }
}

/** The same parameters in another order are the same request. */
export function fingerprintOf(method: string, path: string, params: unknown): string {
  const sorted = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value)
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([name, child]) => [name, sorted(child)]),
        )
      : Array.isArray(value)
        ? value.map(sorted)
        : value
  return `${method} ${path} ${JSON.stringify(sorted(params))}`
}
