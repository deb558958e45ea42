import { type Call, seconds } from './call.ts'
import type { TestCard } from './cards.ts'
import { chargeEntry, disputeEntry } from './ledger.rules.ts'
import type { CardDetails } from './method.rules.ts'
import type { EventDraft, StripeObject } from './objects.repository.ts'
import { EVIDENCE_FIELDS } from './resource.params.ts'

const EVIDENCE_DAYS = 9

function caseTypeOf({ reason, status }: { reason: string; status: string }) {
  if (status.startsWith('warning')) return 'inquiry'
  return reason === 'noncompliant' ? 'compliance' : 'chargeback'
}

function toDispute(call: Call, card: TestCard, charge: StripeObject): StripeObject[] {
  const { dispute } = card
  if (!dispute) return []
  const { brand } = (charge.payment_method_details as { card: CardDetails }).card // written by charge.rules
  const isCe3 = card.methods.some((name) => name.endsWith('Ce3EligibleDispute'))
  const isCompliance = caseTypeOf(dispute) === 'compliance'
  const created = seconds(call.now)
  return Array.from({ length: dispute.times }, () => ({
    id: call.newId('du'),
    object: 'dispute',
    amount: charge.amount,
    balance_transactions: [],
    charge: charge.id,
    created,
    currency: charge.currency,
    enhanced_eligibility_types: [
      ...(isCe3 ? ['visa_compelling_evidence_3'] : []),
      ...(isCompliance ? ['visa_compliance'] : []),
    ],
    evidence: { ...Object.fromEntries(EVIDENCE_FIELDS.map((name) => [name, null])), enhanced_evidence: {} },
    evidence_details: {
      due_by: created + EVIDENCE_DAYS * 24 * 3600,
      enhanced_eligibility: {
        ...(isCe3 ? { visa_compelling_evidence_3: { required_actions: [], status: 'requires_action' } } : {}),
        ...(isCompliance ? { visa_compliance: { status: 'requires_fee_acknowledgement' } } : {}),
      },
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: caseTypeOf(dispute) === 'inquiry',
    livemode: false,
    metadata: {},
    network_reason_code: dispute.networkCode,
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: { brand, case_type: caseTypeOf(dispute), network: brand, network_reason_code: dispute.networkCode },
      type: 'card',
    },
    reason: dispute.reason,
    status: dispute.status,
  }))
}

const toWarning = (call: Call, charge: StripeObject): StripeObject => ({
  id: call.newId('issfr'),
  object: 'radar.early_fraud_warning',
  actionable: true,
  charge: charge.id,
  created: seconds(call.now),
  fraud_type: 'made_with_stolen_card',
  livemode: false,
  payment_intent: charge.payment_intent,
})

const toReview = (call: Call, charge: StripeObject): StripeObject => ({
  id: call.newId('prv'),
  object: 'review',
  billing_zip: null,
  charge: charge.id,
  closed_reason: null,
  created: seconds(call.now),
  ip_address: null,
  ip_address_location: null,
  livemode: false,
  open: true,
  opened_reason: 'rule',
  payment_intent: charge.payment_intent,
  reason: 'rule',
  session: null,
})

export interface Aftermath {
  charge: StripeObject
  objects: StripeObject[]
  events: EventDraft[]
}

/** What a captured charge brings: money on the balance, and the trouble its test card stands for. */
export function aftermathOf(call: Call, card: TestCard, receipt: StripeObject): Aftermath {
  const entry = chargeEntry(call, receipt, Number(receipt.amount_captured), card.isAvailableAtOnce ?? false)
  const made = toDispute(call, card, receipt).map((dispute) => {
    if (dispute.is_charge_refundable) return { dispute, entries: [] }
    const withdrawn = disputeEntry(call, dispute)
    return { dispute: { ...dispute, balance_transactions: [withdrawn] }, entries: [withdrawn] }
  })
  const disputes: StripeObject[] = made.map(({ dispute }) => dispute)
  const warnings = card.earlyFraudWarning ? [toWarning(call, receipt)] : []
  const reviews = card.risk === 'elevated' ? [toReview(call, receipt)] : []
  const charge: StripeObject = {
    ...receipt,
    balance_transaction: entry.id,
    disputed: disputes.length > 0,
    review: reviews[0]?.id ?? null,
  }
  return {
    charge,
    objects: [entry, ...disputes, ...made.flatMap(({ entries }) => entries), ...warnings, ...reviews],
    events: [
      ...disputes.flatMap((object) => [
        { type: 'charge.dispute.created', object },
        ...(object.is_charge_refundable ? [] : [{ type: 'charge.dispute.funds_withdrawn', object }]),
      ]),
      ...warnings.map((object) => ({ type: 'radar.early_fraud_warning.created', object })),
      ...reviews.map((object) => ({ type: 'review.opened', object })),
    ],
  }
}
