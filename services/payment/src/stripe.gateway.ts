import { AppError, unavailable } from '@vitrine/kernel/errors'
import Stripe from 'stripe'
import type { IntentFacts, PaymentGateway, RefundFacts, WebhookFacts } from './gateway.ts'
import type { StripeSettings } from './stripe.settings.ts'

const TIMEOUT_MS = 5000
const TOLERANCE_SECONDS = 300
const LISTENED: Stripe.WebhookEndpointCreateParams.EnabledEvent[] = [
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'charge.refunded',
  'refund.updated',
  'refund.failed',
]

export function createStripe({ secretKey, sandboxUrl, timeoutMs = TIMEOUT_MS }: StripeSettings): Stripe {
  const options = { timeout: timeoutMs, maxNetworkRetries: 1, telemetry: false }
  if (!sandboxUrl) return new Stripe(secretKey, options)
  const { hostname, port, protocol } = new URL(sandboxUrl)
  const isPlain = protocol === 'http:'
  return new Stripe(secretKey, {
    ...options,
    host: hostname,
    port: port || (isPlain ? 80 : 443),
    protocol: isPlain ? 'http' : 'https',
  })
}

/** A 409 is no refusal: the same request is still running. */
const isRefusal = (error: unknown, ...codes: string[]) =>
  error instanceof Stripe.errors.StripeInvalidRequestError &&
  error.statusCode !== 409 &&
  (codes.length === 0 || codes.includes(error.code ?? ''))

/** Everything Stripe did not clearly refuse leaves the outcome unknown. */
async function known<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (isRefusal(error)) throw error
    if (error instanceof Stripe.errors.StripeError) throw unavailable('The payment provider', 2, error)
    throw error
  }
}

async function unlessRefused<T>(work: Promise<T>, ...codes: string[]): Promise<T | 'refused'> {
  try {
    return await known(work)
  } catch (error) {
    if (isRefusal(error, ...codes)) return 'refused'
    throw error
  }
}

function failureOf({ id, last_payment_error: error }: Stripe.PaymentIntent): IntentFacts['failure'] {
  if (!error) return null
  const code = error.code ?? error.type
  const attempt = error.charge ?? `${error.payment_method?.id ?? id}:${code}`
  return { id: attempt, code, declineCode: error.decline_code ?? null, message: error.message ?? 'The payment failed.' }
}

const toFacts = (intent: Stripe.PaymentIntent): IntentFacts => ({
  intentId: intent.id,
  orderId: intent.metadata.orderId ?? null,
  status: intent.status as IntentFacts['status'], // the SDK's list is open-ended; a new status would be stored as it is
  amount: intent.amount,
  amountReceived: intent.amount_received,
  currency: intent.currency.toUpperCase(),
  clientSecret: intent.client_secret ?? '',
  isLive: intent.livemode,
  failure: failureOf(intent),
})

const idOf = (value: string | { id: string } | null | undefined): string | null =>
  typeof value === 'string' ? value : (value?.id ?? null)

const toRefund = (refund: Stripe.Refund): RefundFacts => ({
  refundId: refund.id,
  intentId: idOf(refund.payment_intent),
  amount: refund.amount,
  currency: refund.currency.toUpperCase(),
  status:
    refund.status === 'succeeded'
      ? 'succeeded'
      : refund.status === 'failed' || refund.status === 'canceled'
        ? 'failed'
        : 'pending',
  key: refund.metadata?.key ?? null,
  reason: refund.metadata?.reason ?? '',
  createdAt: new Date(refund.created * 1000),
})

function intentIdOf(event: Stripe.Event): string | null {
  const object: unknown = event.data.object
  if (typeof object !== 'object' || object === null) return null
  const own =
    Reflect.get(object, 'object') === 'payment_intent'
      ? Reflect.get(object, 'id')
      : Reflect.get(object, 'payment_intent')
  return typeof own === 'string' ? own : null
}

/** The SDK accepts a timestamp of the future; this does not. */
function isOfNow(signature: string, now: Date): boolean {
  const at = Number(/(?:^|,)t=(\d+)/.exec(signature)?.[1] ?? Number.NaN)
  return Math.abs(now.getTime() / 1000 - at) <= TOLERANCE_SECONDS
}

export function stripeGateway(settings: StripeSettings, stripe: Stripe = createStripe(settings)): PaymentGateway {
  return {
    async createIntent({ orderId, amount, email }) {
      const intent = await unlessRefused(
        stripe.paymentIntents.create(
          {
            amount: amount.amount,
            currency: amount.currency.toLowerCase(),
            allowed_payment_method_types: ['card'],
            receipt_email: email,
            metadata: { orderId },
          },
          { idempotencyKey: `pi:${orderId}` },
        ),
      )
      if (intent === 'refused') throw new AppError('payment_failed', 'The payment provider does not take this amount.')
      return toFacts(intent)
    },
    async findIntent(intentId) {
      const intent = await unlessRefused(stripe.paymentIntents.retrieve(intentId), 'resource_missing')
      return intent === 'refused' ? null : toFacts(intent)
    },
    async cancelIntent(intentId) {
      const intent = await unlessRefused(stripe.paymentIntents.cancel(intentId), 'payment_intent_unexpected_state')
      return intent === 'refused' ? 'refused' : toFacts(intent)
    },
    async payWithTestCard(intentId) {
      const card = { payment_method: 'pm_card_visa', return_url: 'https://shop.test/' }
      return toFacts(await known(stripe.paymentIntents.confirm(intentId, card)))
    },
    async *listIntentsSince(since) {
      const created = { gte: Math.floor(since.getTime() / 1000) }
      const pages = stripe.paymentIntents.list({ created, limit: 100 })[Symbol.asyncIterator]()
      for (let next = await known(pages.next()); !next.done; next = await known(pages.next())) yield toFacts(next.value)
    },
    async createRefund({ orderId, intentId, amount, key, reason }) {
      try {
        const refund = stripe.refunds.create(
          { payment_intent: intentId, ...(amount === undefined ? {} : { amount }), metadata: { orderId, key, reason } },
          { idempotencyKey: `refund:${orderId}:${key}`.slice(0, 255) },
        )
        return toRefund(await known(refund))
      } catch (error) {
        if (isRefusal(error, 'charge_disputed')) return 'disputed'
        if (isRefusal(error)) return 'refused'
        throw error
      }
    },
    async listRefunds(intentId) {
      const { data } = await known(stripe.refunds.list({ payment_intent: intentId, limit: 100 }))
      return data.map(toRefund)
    },
    async verifyWebhook(payload, signature, secret, now): Promise<WebhookFacts | null> {
      if (!isOfNow(signature, now)) return null
      try {
        const event = await stripe.webhooks.constructEventAsync(payload, signature, secret, TOLERANCE_SECONDS)
        return { eventId: event.id, type: event.type, intentId: intentIdOf(event), isLive: event.livemode }
      } catch (error) {
        if (error instanceof Stripe.errors.StripeSignatureVerificationError || error instanceof SyntaxError) return null
        throw error
      }
    },
    async hasEndpoint(endpointId, url) {
      const endpoint = await unlessRefused(stripe.webhookEndpoints.retrieve(endpointId), 'resource_missing')
      return endpoint !== 'refused' && endpoint.url === url
    },
    async createEndpoint(url) {
      const { data } = await known(stripe.webhookEndpoints.list({ limit: 100 }))
      for (const old of data.filter((endpoint) => endpoint.url === url))
        await known(stripe.webhookEndpoints.del(old.id))
      const endpoint = await known(stripe.webhookEndpoints.create({ url, enabled_events: LISTENED }))
      return { endpointId: endpoint.id, secret: endpoint.secret ?? '' }
    },
  }
}
