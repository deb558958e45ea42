import { type Call, seconds } from './call.ts'
import type { Decline, TestCard } from './cards.ts'
import type { Intent } from './intent.rules.ts'
import type { CardDetails } from './method.rules.ts'
import type { StripeObject } from './objects.repository.ts'

/** How 3-D Secure went: a question asked, none needed, none possible, or not tried at all. */
export type Authentication = 'challenge' | 'frictionless' | 'attempt' | null

export interface ChargeFacts {
  intent: Intent
  method: StripeObject
  card: TestCard
  decline: Decline | null
  authentication: Authentication
}

const outcomeType = ({ risk }: TestCard, decline: Decline | null) => {
  if (decline) return risk === 'highest' ? 'blocked' : 'issuer_declined'
  return risk ? 'manual_review' : 'authorized'
}

const NETWORK_SAID: Record<string, string> = { blocked: 'not_sent_to_network', issuer_declined: 'declined_by_network' }

const SAID: Record<string, string> = {
  authorized: 'Payment complete.',
  blocked: 'Stripe blocked this charge as too risky.',
  issuer_declined: 'The bank did not return any further details with this decline.',
  manual_review: 'Stripe evaluated this payment as having elevated risk, and placed it in your manual review queue.',
}
const ELSE_SAID: Record<string, string> = {
  expired_card: 'The bank returned the decline code `expired_card`.',
  incorrect_cvc: 'The bank returned the decline code `incorrect_cvc`.',
  insufficient_funds: 'The bank returned the decline code `insufficient_funds`.',
  lost_card: 'The bank returned the decline code `lost_card`.',
  stolen_card: 'The bank returned the decline code `stolen_card`.',
}

function outcomeOf(card: TestCard, decline: Decline | null) {
  const type = outcomeType(card, decline)
  const risky = card.risk ? `${card.risk}_risk_level` : null
  return {
    advice_code: null,
    network_advice_code: null,
    network_decline_code: null,
    network_status: NETWORK_SAID[type] ?? 'approved_by_network',
    reason: risky ?? decline?.declineCode ?? null,
    risk_level: card.risk ?? 'normal',
    risk_score: { highest: 92, elevated: 71, normal: 12 }[card.risk ?? 'normal'],
    seller_message: (decline && type !== 'blocked' && ELSE_SAID[decline.declineCode]) || SAID[type],
    type,
  }
}

const THREE_D_SECURE = {
  challenge: { authentication_flow: 'challenge', electronic_commerce_indicator: '05', result: 'authenticated' },
  frictionless: { authentication_flow: 'frictionless', electronic_commerce_indicator: '05', result: 'authenticated' },
  attempt: { authentication_flow: null, electronic_commerce_indicator: '06', result: 'attempt_acknowledged' },
} as const

const threeDSecureOf = (authentication: Authentication) =>
  authentication && {
    ...THREE_D_SECURE[authentication],
    exemption_indicator: null,
    result_reason: null,
    transaction_id: null,
    version: '2.2.0',
  }

function cardDetailsOf({ intent, method, decline, authentication }: ChargeFacts) {
  const card = method.card as CardDetails // every stored method of the sandbox is a card
  const { brand, checks, country, exp_month, exp_year, fingerprint, funding, last4 } = card
  return {
    amount_authorized: decline ? null : intent.amount,
    authorization_code: decline ? null : '123456',
    brand,
    checks,
    country,
    electronic_commerce_indicator: null,
    exp_month,
    exp_year,
    extended_authorization: { status: 'disabled' },
    fingerprint,
    funding,
    incremental_authorization: { status: 'unavailable' },
    installments: null,
    last4,
    mandate: null,
    multicapture: { status: 'unavailable' },
    network: brand,
    network_token: { used: false },
    network_transaction_id: null,
    overcapture: { maximum_amount_capturable: intent.amount, status: 'unavailable' },
    regulated_status: 'unregulated',
    three_d_secure: threeDSecureOf(authentication),
    transaction_link_id: null,
    wallet: null,
  }
}

/** One attempt at the bank, successful or not. */
export function toCharge(call: Call, facts: ChargeFacts): StripeObject {
  const { intent, method, card, decline } = facts
  const isCaptured = !decline && intent.capture_method !== 'manual'
  return {
    id: call.newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: isCaptured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: intent.statement_descriptor ?? 'STRIPE SANDBOX',
    captured: isCaptured,
    created: seconds(call.now),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(card, decline),
    paid: !decline,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { card: cardDetailsOf(facts), type: 'card' },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source: null,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: decline ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: intent.transfer_group,
  }
}

/** The charge once this much of it is refunded. */
export function refundedCharge(charge: StripeObject, refunded: number): StripeObject {
  return { ...charge, amount_refunded: refunded, refunded: refunded === charge.amount_captured && refunded > 0 }
}
