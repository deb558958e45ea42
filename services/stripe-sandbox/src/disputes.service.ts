import { type Call, requestOf, type SandboxDeps } from './call.ts'
import { failure, inUse, noSuch } from './failure.ts'
import { changedFields, mergeMetadata } from './fields.rules.ts'
import { disputeEntry } from './ledger.rules.ts'
import type { Stored, StripeObject } from './objects.repository.ts'
import { parseParams } from './params.ts'
import { DisputeUpdate } from './resource.params.ts'

/** How long the bank thinks about submitted evidence, by the sandbox's clock. */
const DECISION_MS = 1000
const OPEN = new Set(['needs_response', 'warning_needs_response'])

const isInquiry = (dispute: StripeObject) => String(dispute.status).startsWith('warning')
const textOf = (dispute: StripeObject) => Reflect.get(Object(dispute.evidence), 'uncategorized_text')

/** The texts Stripe publishes decide; any other text loses nothing and stays under review. */
function verdictOf(dispute: StripeObject): string | null {
  const text = textOf(dispute)
  if (isInquiry(dispute)) {
    if (text === 'escalate_inquiry_evidence') return 'needs_response'
    return text === 'winning_evidence' || text === 'losing_evidence' ? 'warning_closed' : null
  }
  return { winning_evidence: 'won', losing_evidence: 'lost' }[String(text)] ?? null
}

/** Disputes: evidence is gathered, submitted and judged. */
export function createDisputeService({ objects }: SandboxDeps) {
  async function getOpen(call: Call, id: string): Promise<Stored> {
    const stored = await objects.find(call.account, id)
    if (stored?.object.object !== 'dispute') throw noSuch('dispute', id)
    if (OPEN.has(String(stored.object.status))) return stored
    throw failure(400, { type: 'invalid_request_error', message: 'This dispute is already closed' })
  }

  async function save(call: Call, stored: Stored, dispute: StripeObject, at: Date | null): Promise<StripeObject> {
    const previous = changedFields(stored.object, dispute)
    const saved = await objects.commit({
      account: call.account,
      request: requestOf(call),
      update: [{ ...stored, object: dispute }],
      events: [{ type: 'charge.dispute.updated', object: dispute, previous }],
      later: at ? [{ id: dispute.id, at }] : [],
    })
    if (saved === 'stale') throw inUse('dispute')
    return dispute
  }

  /** Ends a dispute; won money comes back, and an inquiry that escalates takes it for the first time. */
  async function decide(call: Call, stored: Stored, status: string): Promise<StripeObject> {
    const { object } = stored
    const isEscalated = status === 'needs_response'
    const entries = status === 'won' || isEscalated ? [disputeEntry(call, object, status === 'won')] : []
    const dispute: StripeObject = {
      ...object,
      status,
      is_charge_refundable: isEscalated ? false : object.is_charge_refundable,
      balance_transactions: [...(object.balance_transactions as StripeObject[]), ...entries],
    }
    const funds = { won: 'charge.dispute.funds_reinstated', needs_response: 'charge.dispute.funds_withdrawn' }[status]
    const types = [isEscalated ? 'charge.dispute.updated' : 'charge.dispute.closed', ...(funds ? [funds] : [])]
    const saved = await objects.commit({
      account: call.account,
      request: requestOf(call),
      update: [{ ...stored, object: dispute }],
      create: entries.map((entry) => ({ object: entry })),
      events: types.map((type) => ({ type, object: dispute })),
      later: [{ id: object.id, at: null }],
    })
    if (saved === 'stale') throw inUse('dispute')
    return dispute
  }

  return {
    async update(call: Call, id: string): Promise<StripeObject> {
      const { evidence, metadata, submit, intended_submission_method } = parseParams(DisputeUpdate, call.params)
      const stored = await getOpen(call, id)
      const { object } = stored
      const details = object.evidence_details as Record<string, unknown> & { submission_count: number }
      const isSubmitted = submit ?? evidence !== undefined
      const dispute: StripeObject = {
        ...object,
        evidence: { ...(object.evidence as object), ...evidence },
        metadata: mergeMetadata(object.metadata as Record<string, string>, metadata),
        intended_submission_method: intended_submission_method ?? object.intended_submission_method,
        status: isSubmitted ? (isInquiry(object) ? 'warning_under_review' : 'under_review') : object.status,
        evidence_details: {
          ...details,
          has_evidence: details.has_evidence === true || evidence !== undefined,
          submission_count: details.submission_count + Number(isSubmitted),
          submission_method: isSubmitted ? 'manual' : details.submission_method,
        },
      }
      return save(call, stored, dispute, isSubmitted ? new Date(call.now.getTime() + DECISION_MS) : null)
    },
    /** Gives up without evidence. */
    async close(call: Call, id: string): Promise<StripeObject> {
      const stored = await getOpen(call, id)
      return decide(call, stored, isInquiry(stored.object) ? 'warning_closed' : 'lost')
    },
    async settle(call: Call, stored: Stored): Promise<void> {
      const isUnderReview = String(stored.object.status).endsWith('under_review')
      const verdict = isUnderReview ? verdictOf(stored.object) : null
      if (verdict) await decide(call, stored, verdict)
    },
  }
}

export type DisputeService = ReturnType<typeof createDisputeService>
