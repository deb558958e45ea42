import type { Money } from '@vitrine/contracts/money'
import type { IntentStatus } from '@vitrine/contracts/payments'

/** What the shop needs to know of an intent at Stripe. */
export interface IntentFacts {
  intentId: string
  orderId: string | null
  status: IntentStatus
  amount: number
  amountReceived: number
  /** Upper case, as Stripe may name one the shop does not sell in. */
  currency: string
  clientSecret: string
  isLive: boolean
  failure: { id: string; code: string; declineCode: string | null; message: string } | null
}

export interface RefundFacts {
  refundId: string
  intentId: string | null
  amount: number
  currency: string
  status: 'pending' | 'succeeded' | 'failed'
  key: string | null
  reason: string
  createdAt: Date
}

export interface WebhookFacts {
  eventId: string
  type: string
  /** The intent the event is about, when it is about one. */
  intentId: string | null
  isLive: boolean
}

/** The port to Stripe. Every method throws `unavailable` when the outcome is unknown. */
export interface PaymentGateway {
  createIntent(input: { orderId: string; amount: Money; email: string }): Promise<IntentFacts>
  findIntent(intentId: string): Promise<IntentFacts | null>
  /** `refused`: its state does not allow it any more. */
  cancelIntent(intentId: string): Promise<IntentFacts | 'refused'>
  /** Pays with a test card, for demo orders; only the sandbox and Stripe's test mode can. */
  payWithTestCard(intentId: string): Promise<IntentFacts>
  listIntentsSince(since: Date): AsyncIterable<IntentFacts>
  /** `refused`: nothing is left, or more was asked than is left; `disputed`: the bank took the money back already. */
  createRefund(input: {
    orderId: string
    intentId: string
    amount?: number | undefined
    key: string
    reason: string
  }): Promise<RefundFacts | 'refused' | 'disputed'>
  listRefunds(intentId: string): Promise<RefundFacts[]>
  /** Null when the signature does not fit or is not of now. */
  verifyWebhook(payload: string, signature: string, secret: string, now: Date): Promise<WebhookFacts | null>
  /** True when the endpoint still exists with this address. */
  hasEndpoint(endpointId: string, url: string): Promise<boolean>
  /** Replaces every endpoint with this address by a new one. */
  createEndpoint(url: string): Promise<{ endpointId: string; secret: string }>
}
