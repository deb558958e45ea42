import { CheckoutReply } from '@vitrine/contracts/orders'
import { AppError, conflict } from '@vitrine/kernel/errors'
import { hashToken, newId } from '@vitrine/kernel/ids'
import type { AttemptRepository } from './attempt.repository.ts'
import { isOutcomeUnknown } from './neighbours.ts'
import { toError, toRefusal } from './refusal.rules.ts'
import { seal, unseal } from './seal.ts'

export interface KeyedCheckout {
  /** Who sent the key: a user id or a cart id. Keys of different callers never meet. */
  caller: string
  key: string
  body: unknown
  now: Date
}

export interface IdempotencyDeps {
  attempts: AttemptRepository
  /** Whether the order was written, so that its attempt must be remembered. */
  hasOrder: (orderId: string) => Promise<boolean>
}

const CREATED = 201

/** Runs a checkout once per caller and key; repeats get the first answer, word for word. */
export function createIdempotency({ attempts, hasOrder }: IdempotencyDeps) {
  async function replay(status: number, sealedReply: string, secret: string): Promise<CheckoutReply> {
    const reply: unknown = JSON.parse(await unseal(sealedReply, secret))
    if (status === CREATED) return CheckoutReply.parse(reply)
    throw toError(reply)
  }

  async function remember(id: string, orderId: string, error: unknown, secret: string, now: Date): Promise<void> {
    if (!(await hasOrder(orderId))) return attempts.forget(id)
    if (isOutcomeUnknown(error) || !(error instanceof AppError)) return attempts.unlock(id, now)
    const sealedReply = await seal(JSON.stringify(toRefusal(error)), secret)
    await attempts.finish(id, { status: error.status, sealedReply })
  }

  return async function once(
    { caller, key, body, now }: KeyedCheckout,
    run: (orderId: string, isFirst: boolean) => Promise<CheckoutReply>,
  ): Promise<CheckoutReply> {
    const secret = `${caller}\n${key}`
    const id = hashToken(`checkout\n${secret}`)
    const attempt = await attempts.begin({ id, bodyHash: hashToken(JSON.stringify(body)), orderId: newId('ord'), now })
    if (attempt.state === 'mismatch') {
      throw conflict('idempotency_mismatch', 'This Idempotency-Key was used with another body. Use a new key.')
    }
    if (attempt.state === 'running') {
      const { retryAfterSeconds } = attempt
      throw new AppError('conflict', 'This checkout is still running.', undefined, { retryAfterSeconds })
    }
    if (attempt.state === 'done') return replay(attempt.status, attempt.sealedReply, secret)
    try {
      const reply = await run(attempt.orderId, attempt.isFirst)
      await attempts.finish(id, { status: CREATED, sealedReply: await seal(JSON.stringify(reply), secret) })
      return reply
    } catch (error) {
      await remember(id, attempt.orderId, error, secret, now)
      throw error
    }
  }
}

export type Once = ReturnType<typeof createIdempotency>
