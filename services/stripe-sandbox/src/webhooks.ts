import { createHmac } from 'node:crypto'
import type { Log } from '@vitrine/kernel/log'
import type { Control } from './control.ts'
import type { Delivery, DeliveryRepository } from './deliveries.repository.ts'
import type { ObjectRepository } from './objects.repository.ts'

/** Seconds to wait after each failed try; after the last one the delivery is given up. */
const RETRY_SECONDS = [1, 5, 15, 60, 300]
const POLL_MS = 250
const PARALLEL = 4

/** `Stripe-Signature` for a payload: HMAC-SHA256 over `t.payload`. */
export function signatureOf(secret: string, payload: string, at: Date): string {
  const t = Math.floor(at.getTime() / 1000)
  return `t=${t},v1=${createHmac('sha256', secret).update(`${t}.${payload}`).digest('hex')}`
}

interface WorkerDeps {
  objects: ObjectRepository
  deliveries: DeliveryRepository
  control: Control
  log: Log
}

/** Delivers events at least once, in no promised order, as Stripe does. Returns how to stop. */
export function startWebhookWorker({ objects, deliveries, control, log }: WorkerDeps): () => Promise<void> {
  let isStopping = false
  const firstSeen = new Map<string, number>()

  async function send(delivery: Delivery): Promise<'delivered' | 'failed' | 'gone'> {
    const [event, endpoint] = await Promise.all([
      objects.find(delivery.account, delivery.eventId),
      objects.find(delivery.account, delivery.endpointId),
    ])
    if (!event || !endpoint || endpoint.object.status !== 'enabled') return 'gone'
    const { failWith, duplicate } = control.webhooks()
    if (typeof failWith === 'number') return 'failed'
    const payload = JSON.stringify(event.object, null, 2)
    const secret = failWith === 'signature' ? 'whsec_wrong' : String(endpoint.hidden.secret)
    const at = new Date(Date.now() - (failWith === 'stale' ? 600_000 : 0))
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'stripe-signature': signatureOf(secret, payload, at),
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
    }
    const body = failWith === 'body' ? `${payload} ` : payload
    const replies = await Promise.all(
      Array.from({ length: duplicate }, () => post(String(endpoint.object.url), headers, body)),
    )
    return replies.every(Boolean) ? 'delivered' : 'failed'
  }

  async function post(url: string, headers: Record<string, string>, body: string): Promise<boolean> {
    try {
      const reply = await fetch(url, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(10_000),
      })
      await reply.arrayBuffer()
      return reply.ok
    } catch {
      return false // an unreachable receiver is an expected outcome: the delivery is retried
    }
  }

  /** Delay and shuffle hold a delivery back once, without counting as a try. */
  function holdMs(delivery: Delivery): number {
    const { delayMs, shuffle } = control.webhooks()
    if ((delayMs === 0 && !shuffle) || firstSeen.has(delivery.id)) return 0
    if (firstSeen.size > 10_000) firstSeen.clear()
    firstSeen.set(delivery.id, Date.now())
    return delayMs + (shuffle ? Math.random() * 2000 : 0)
  }

  async function work(delivery: Delivery) {
    if (control.webhooks().drop) return deliveries.finish(delivery.id, 'dropped')
    const hold = holdMs(delivery)
    if (hold > 0) return deliveries.retry(delivery.id, new Date(Date.now() + hold))
    const outcome = await send(delivery)
    if (outcome === 'delivered') return deliveries.finish(delivery.id, 'delivered')
    const wait = RETRY_SECONDS[delivery.attempts - 1]
    if (outcome === 'gone' || wait === undefined) return deliveries.finish(delivery.id, 'failed')
    return deliveries.retry(delivery.id, new Date(Date.now() + wait * 1000))
  }

  async function loop() {
    while (!isStopping) {
      try {
        const now = new Date()
        const delivery = await deliveries.claim(now, new Date(now.getTime() + 30_000))
        if (delivery) await work(delivery)
        else await Bun.sleep(POLL_MS)
      } catch (error) {
        log.warn({ err: error }, 'webhook delivery failed')
        await Bun.sleep(1000)
      }
    }
  }

  const loops = Array.from({ length: PARALLEL }, loop)
  return async () => {
    isStopping = true
    await Promise.race([Promise.all(loops), Bun.sleep(2000)])
  }
}
