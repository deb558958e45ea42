import type { Channel } from './channel.ts'
import { type Delivery, messageIdOf, outcomeOfHttp } from './mail.rules.ts'
import type { Claim } from './message.repository.ts'

const TIMEOUT_MS = 10_000

/**
 * Text messages through any provider that takes them by HTTP: one POST of `{ id, to, text }` a message, with the
 * id as `Idempotency-Key` too, so that a repeat can be dropped there.
 */
export function createHttpSms(url: string, token?: string): Channel {
  async function deliver({ cause, resends, to, text }: Claim): Promise<Delivery> {
    const id = messageIdOf(cause, resends)
    try {
      const reply = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        keepalive: false,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: {
          'content-type': 'application/json',
          'idempotency-key': id,
          ...(token ? { authorization: `Bearer ${token}` } : {}),
        },
        body: JSON.stringify({ id, to, text }),
      })
      await reply.body?.cancel()
      const outcome = outcomeOfHttp(reply.status)
      return outcome === 'accepted' ? { outcome } : { outcome, reason: `The SMS provider answered ${reply.status}.` }
    } catch (error) {
      const reason = error instanceof Error && error.name === 'TimeoutError' ? 'did not answer' : 'was not reached'
      return { outcome: 'unreachable', reason: `The SMS provider ${reason}.` }
    }
  }
  return { deliver, close() {} }
}
