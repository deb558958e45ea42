import type { ReceivedWebhook } from '@vitrine/contracts/traces'
import type { Clock } from '@vitrine/kernel/clock'
import { AppError, notFound, unavailable } from '@vitrine/kernel/errors'
import type { Log } from '@vitrine/kernel/log'
import type { StaffHand } from '@vitrine/kernel/staff-act'
import { reach } from '@vitrine/kernel/test.switches'
import type { BreakRepository } from './break.repository.ts'
import type { PaymentGateway, WebhookFacts } from './gateway.ts'
import type { SettlementService } from './settlement.service.ts'
import type { StoredEvent, WebhookRepository } from './webhook.repository.ts'

export interface WebhookServiceDeps {
  webhooks: WebhookRepository
  breaks: BreakRepository
  gateway: PaymentGateway
  settlement: SettlementService
  clock: Clock
  log: Log
  isLive: boolean
  /** Null: the secret of the endpoint registered with the sandbox. */
  configuredSecret: string | null
}

const MAX_ATTEMPTS = 10
const LISTED = 100
const digestOf = (payload: string) => new Bun.CryptoHasher('sha256').update(payload).digest('hex')
const REFUND_EVENTS = new Set(['charge.refunded', 'refund.updated', 'refund.failed', 'refund.created'])

/** Webhooks are stored first and worked on after the answer; the event's own content decides nothing. */
export function createWebhookService(deps: WebhookServiceDeps) {
  const { webhooks, breaks, gateway, settlement, clock, log } = deps
  let registeredSecret: string | null = null

  async function verify(payload: string, signature: string): Promise<WebhookFacts | null> {
    const secret = deps.configuredSecret ?? registeredSecret
    const facts = secret ? await gateway.verifyWebhook(payload, signature, secret, clock.now()) : null
    if (facts || deps.configuredSecret) return facts
    // Another replica may have registered the endpoint anew.
    const stored = (await webhooks.findEndpoint())?.secret ?? null
    if (!stored || stored === secret) return null
    registeredSecret = stored
    return gateway.verifyWebhook(payload, signature, stored, clock.now())
  }

  async function work({ type, intentId }: StoredEvent): Promise<void> {
    if (!intentId) return
    await settlement.refreshIntent(intentId)
    if (REFUND_EVENTS.has(type)) await settlement.refreshRefunds(intentId)
  }

  async function workSafely(event: StoredEvent): Promise<void> {
    try {
      await work(event)
      await webhooks.finish(event.eventId, clock.now())
    } catch (error) {
      log.warn({ err: error, eventId: event.eventId, attempts: event.attempts }, 'a webhook could not be worked on yet')
      const problem = error instanceof AppError ? error.code : 'internal'
      if (event.attempts >= MAX_ATTEMPTS) return webhooks.park(event.eventId, problem)
      const waitMs = Math.min(1000 * 2 ** event.attempts, 60_000)
      return webhooks.retry(event.eventId, new Date(clock.now().getTime() + waitMs), problem)
    }
  }

  /** Works on all that is due. Several may run at once: each event is claimed by one. */
  async function drain(): Promise<void> {
    for (let event = await webhooks.claim(clock.now()); event; event = await webhooks.claim(clock.now())) {
      await workSafely(event)
    }
  }

  return {
    drain,
    /** Stores the event under its id. A repeat is fine, a forgery is 400. */
    async receive(payload: string, signature: string | null): Promise<void> {
      const facts = signature ? await verify(payload, signature) : null
      if (!facts) throw new AppError('invalid_input', 'The signature of this webhook does not fit.')
      const intentId = facts.intentId
      if (facts.isLive !== deps.isLive) {
        const note = `Event ${facts.eventId} came from the other mode.`
        await breaks.record({ kind: 'wrong_mode', orderId: null, intentId, note }, clock.now())
        return
      }
      const received = await webhooks.receive(facts, digestOf(payload), clock.now())
      reach('webhook-stored')
      if (received === 'conflict') {
        const note = `Event ${facts.eventId} came again with other content; the second was ignored.`
        log.error({ eventId: facts.eventId }, 'an event id came with two contents')
        await breaks.record({ kind: 'event_conflict', orderId: null, intentId, note }, clock.now())
      }
      if (received === 'new')
        workSafely({ ...facts, attempts: 1 }).catch((error) =>
          log.warn({ err: error }, 'the webhook worker will try again'),
        )
    },
    list: async (status: ReceivedWebhook['status'] | undefined) => ({
      items: await webhooks.list(status, LISTED),
      nextCursor: null,
    }),
    /** A person decided that a parked one is worth another round. */
    async unpark(eventId: string, hand: StaffHand | null): Promise<void> {
      if (!(await webhooks.unpark(eventId, clock.now(), hand))) throw notFound('parked webhook')
    },
    /** Sandbox only: makes sure webhooks come here. Cheap to repeat. */
    async register(url: string): Promise<void> {
      const known = await webhooks.findEndpoint()
      if (known && known.url === url && (await gateway.hasEndpoint(known.endpointId, url))) return
      const endpoint = await gateway.createEndpoint(url)
      if (!endpoint.secret) throw unavailable('The webhook endpoint')
      await webhooks.saveEndpoint({ ...endpoint, url })
      registeredSecret = endpoint.secret
      log.info({ url }, 'the webhook endpoint is registered')
    },
  }
}

export type WebhookService = ReturnType<typeof createWebhookService>
