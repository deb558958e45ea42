import { type Call, seconds } from './call.ts'
import type { Decline, TestCard } from './cards.ts'
import type { Intent } from './intent.rules.ts'
import type { EventDraft, StripeObject } from './objects.repository.ts'

interface ChargeFacts {
  intent: Intent
  method: StripeObject
  card: TestCard
  decline: Decline | null
  isAuthenticated: boolean
}

const outcomeOf = (card: TestCard, decline: Decline | null) => ({
  network_status: decline
    ? card.risk === 'highest'
      ? 'not_sent_to_network'
      : 'declined_by_network'
    : 'approved_by_network',
  reason: card.risk === 'highest' ? 'highest_risk_level' : (decline?.declineCode ?? null),
  risk_level: card.risk ?? 'normal',
  risk_score: card.risk === 'highest' ? 95 : card.risk === 'elevated' ? 70 : 12,
  seller_message: decline ? 'The bank did not return any further details with this decline.' : 'Payment complete.',
  type: card.risk === 'highest' ? 'blocked' : decline ? 'issuer_declined' : card.risk ? 'manual_review' : 'authorized',
})

/** One attempt at the bank, successful or not. */
export function toCharge(call: Call, { intent, method, card, decline, isAuthenticated }: ChargeFacts): StripeObject {
  const isCaptured = !decline && intent.capture_method !== 'manual'
  return {
    id: call.newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: isCaptured ? intent.amount : 0,
    amount_refunded: 0,
    billing_details: method.billing_details,
    captured: isCaptured,
    created: seconds(call.now),
    currency: intent.currency,
    customer: intent.customer ?? null,
    description: intent.description ?? null,
    disputed: false,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    livemode: false,
    metadata: intent.metadata,
    outcome: outcomeOf(card, decline),
    paid: !decline,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: {
      type: 'card',
      card: {
        ...(method.card as Record<string, unknown>), // every stored method of the sandbox is a card
        three_d_secure: isAuthenticated ? { result: 'authenticated', version: '2.2.0' } : null,
      },
    },
    receipt_email: intent.receipt_email ?? null,
    refunded: false,
    status: decline ? 'failed' : 'succeeded',
  }
}

/** What a test card brings upon a successful charge, beside the charge itself. */
export function aftermathOf(
  call: Call,
  card: TestCard,
  charge: StripeObject,
): { objects: StripeObject[]; events: EventDraft[] } {
  const disputes = Array.from({ length: card.dispute?.times ?? 0 }, () => ({
    id: call.newId('du'),
    object: 'dispute',
    amount: charge.amount,
    charge: charge.id,
    created: seconds(call.now),
    currency: charge.currency,
    evidence: {},
    is_charge_refundable: card.dispute?.status === 'warning_needs_response',
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    reason: card.dispute?.reason,
    status: card.dispute?.status,
  }))
  const warnings = card.earlyFraudWarning
    ? [
        {
          id: call.newId('issfr'),
          object: 'radar.early_fraud_warning',
          actionable: true,
          charge: charge.id,
          created: seconds(call.now),
          fraud_type: 'made_with_stolen_card',
          livemode: false,
          payment_intent: charge.payment_intent,
        },
      ]
    : []
  return {
    objects: [...disputes, ...warnings],
    events: [
      ...disputes.map((object) => ({ type: 'charge.dispute.created', object })),
      ...warnings.map((object) => ({ type: 'radar.early_fraud_warning.created', object })),
    ],
  }
}
