import type { Log } from '@vitrine/kernel/log'
import type { Control } from './control.ts'
import type { Delivery, DeliveryRepository } from './deliveries.repository.ts'
import type { LaterService } from './later.service.ts'
import type { ObjectRepository } from './objects.repository.ts'
import { secretsOf, signatureOf } from './signature.rules.ts'

/** Seconds to wait after each failed try; after the last one the delivery is given up. */
export const RETRY_SECONDS = [1, 5, 15, 60, 300, 1800, 3600]
const LEASE_MS = 30_000
const TIMEOUT_MS = 10_000
const PARALLEL = 8
/** Work that another process left is found at the latest after this. */
const IDLE_MS = 5000

interface WorkerDeps {
  objects: ObjectRepository
  deliveries: DeliveryRepository
  later: LaterService
  control: Control
  log: Log
}

interface Outcome {
  isDelivered: boolean
  isGone?: boolean
  answer: string
}

/** Sends one event to one endpoint, bent as the controls say. */
async function send({ objects, control }: WorkerDeps, delivery: Delivery): Promise<Outcome> {
  const [event, endpoint] = await Promise.all([
    objects.find(delivery.account, delivery.eventId),
    objects.find(delivery.account, delivery.endpointId),
  ])
  if (!event || !endpoint || endpoint.object.status !== 'enabled') {
    return { isDelivered: false, isGone: true, answer: 'the endpoint is gone' }
  }
  const { failWith, duplicate } = control.webhooks()
  if (typeof failWith === 'number') return { isDelivered: false, answer: `${failWith} (injected)` }
  const payload = JSON.stringify(event.object, null, 2)
  const secrets = failWith === 'signature' ? ['whsec_wrong'] : secretsOf(endpoint.hidden, control.now())
  // Receivers judge the age by their own clock, which the sandbox's may have left behind.
  const at = new Date(Date.now() - (failWith === 'stale' ? 600_000 : 0))
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'stripe-signature': signatureOf(secrets, payload, at),
    'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
  }
  const body = failWith === 'body' ? `${payload} ` : payload
  const url = String(endpoint.object.url)
  const replies = await Promise.all(Array.from({ length: duplicate }, () => post(url, headers, body)))
  const bad = replies.find(({ isOk }) => !isOk)
  return { isDelivered: !bad, answer: (bad ?? replies[0])?.answer ?? '' }
}

async function post(url: string, headers: Record<string, string>, body: string) {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const reply = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal })
    await reply.arrayBuffer()
    return { isOk: reply.ok, answer: String(reply.status) }
  } catch (error) {
    return { isOk: false, answer: error instanceof Error ? error.name : 'unreachable' }
  }
}

/** Delivers events at least once, in no promised order, as Stripe does, and settles what is to happen later. */
export function startWebhookWorker(deps: WorkerDeps) {
  const { deliveries, later, control, log } = deps
  const held = new Set<string>()
  let isStopping = false
  let wakeUp: () => void = () => undefined
  let isWoken = false
  const underWay = new Set<Promise<void>>()

  function wake() {
    isWoken = true
    wakeUp()
  }

  /** Delay and shuffle hold a delivery back once, without counting as a try. */
  function holdMs(delivery: Delivery): number {
    const { delayMs, shuffle } = control.webhooks()
    if ((delayMs === 0 && !shuffle) || held.has(delivery.id)) return 0
    if (held.size > 10_000) held.clear()
    held.add(delivery.id)
    return delayMs + (shuffle ? Math.random() * 2000 : 0)
  }

  async function work(delivery: Delivery) {
    if (control.webhooks().drop) return deliveries.finish(delivery, 'dropped', 'dropped on request')
    const now = control.now().getTime()
    const hold = holdMs(delivery)
    if (hold > 0) return again(delivery, now + hold, null, true)
    const { isDelivered, isGone, answer } = await send(deps, delivery)
    if (isDelivered) return deliveries.finish(delivery, 'delivered', answer)
    const wait = RETRY_SECONDS[delivery.attempts - 1]
    if (isGone || wait === undefined) return deliveries.finish(delivery, 'failed', answer)
    return again(delivery, control.now().getTime() + wait * 1000, answer)
  }

  async function again({ id }: Delivery, atMs: number, answer: string | null, isFree = false) {
    await deliveries.retry(id, new Date(atMs), answer, isFree)
    wake()
  }

  /** Starts what is due, so much at once; an endpoint that hangs holds up nobody else's deliveries. */
  async function startDue() {
    while (!isStopping && underWay.size < PARALLEL) {
      const now = control.now()
      const delivery = await deliveries.claim(now, new Date(now.getTime() + LEASE_MS))
      if (!delivery) return
      const job = work(delivery)
        .catch((error) => log.warn({ err: error, delivery: delivery.id }, 'webhook delivery failed'))
        .finally(() => {
          if (underWay.size === PARALLEL) wake()
          underWay.delete(job)
        })
      underWay.add(job)
    }
  }

  /** Waits until something is due, or is said to be. */
  async function rest() {
    const next = await Promise.all([deliveries.nextAt(), later.nextAt()])
    const times = next.flatMap((at) => (at ? [at.getTime() - control.now().getTime()] : []))
    const { promise, resolve } = Promise.withResolvers<void>()
    wakeUp = resolve
    const timer = setTimeout(resolve, Math.max(5, Math.min(IDLE_MS, ...times)))
    if (!isWoken && !isStopping) await promise
    clearTimeout(timer)
    isWoken = false
  }

  async function loop() {
    while (!isStopping) {
      try {
        while (await later.run(control.now())) if (isStopping) return
        await startDue()
        await rest()
      } catch (error) {
        log.warn({ err: error }, 'webhook delivery failed')
        await Bun.sleep(500)
      }
    }
  }

  const running = loop()
  return {
    wake,
    async stop() {
      isStopping = true
      wakeUp()
      await Promise.race([running.then(() => Promise.all(underWay)), Bun.sleep(2000)])
    },
  }
}
