import { type Call, requestOf, type SandboxDeps, seconds } from './call.ts'
import { refundedCharge } from './charge.rules.ts'
import { failure, inUse, invalidRequest, noSuch } from './failure.ts'
import { changedFields, mergeMetadata } from './fields.rules.ts'
import { refundEntry } from './ledger.rules.ts'
import type { EventDraft, Stored, StripeObject } from './objects.repository.ts'
import { parseParams } from './params.ts'
import { RefundCreate, RefundUpdate } from './resource.params.ts'

/** How long a refund stays pending, or looks fine before it fails, by the sandbox's clock. */
const SETTLE_MS = 3000
const MAX_TRIES = 20

/** Refunds against a charge, never more than was captured. */
export function createRefundService({ objects }: SandboxDeps) {
  async function chargeOf(call: Call, params: RefundCreate): Promise<Stored> {
    if (params.charge) return found(await objects.find(call.account, params.charge), 'charge', params.charge)
    if (!params.payment_intent) {
      const message = 'One of the following params should be provided for this request: payment_intent or charge.'
      throw invalidRequest(message, { code: 'parameter_missing' })
    }
    const id = params.payment_intent
    const intent = found(await objects.find(call.account, id), 'payment_intent', id)
    const charge = await objects.find(call.account, String(intent.object.latest_charge))
    if (intent.object.status === 'succeeded' && charge) return charge
    const message = `This PaymentIntent (${id}) does not have a successful charge to refund.`
    throw invalidRequest(message, { param: 'payment_intent' })
  }

  /** What a dispute took back cannot be given back as well, unless the shop won it. */
  async function refuseDisputed(call: Call, { object: charge }: Stored): Promise<void> {
    if (charge.disputed !== true) return
    const { items } = await objects.list(call.account, { kind: 'dispute', limit: 100, equal: { charge: charge.id } })
    if (items.every(({ is_charge_refundable, status }) => is_charge_refundable === true || status === 'won')) return
    const message = `Charge ${charge.id} has been charged back; cannot issue a refund.`
    throw invalidRequest(message, { code: 'charge_disputed' })
  }

  async function get(call: Call, id: string): Promise<Stored> {
    return found(await objects.find(call.account, id), 'refund', id, 'id')
  }

  /** Saves a refund's next state, with the money and the charge when it did not come about. */
  async function change(call: Call, stored: Stored, object: StripeObject, events: EventDraft[], isUndone: boolean) {
    const charge = isUndone ? await objects.find(call.account, String(object.charge)) : null
    const back = Number(charge?.object.amount_refunded) - Number(object.amount)
    const reversal = charge ? [refundEntry(call, object, true)] : []
    const refund: StripeObject = charge ? { ...object, failure_balance_transaction: reversal[0]?.id } : object
    const saved = await objects.commit({
      account: call.account,
      request: requestOf(call),
      update: [
        { ...stored, object: refund },
        ...(charge ? [{ ...charge, object: refundedCharge(charge.object, back) }] : []),
      ],
      create: reversal.map((entry) => ({ object: entry })),
      events: events.map((event) => ({ ...event, object: refund })),
      later: [{ id: refund.id, at: null }],
    })
    return saved === 'done' ? refund : null
  }

  return {
    async create(call: Call): Promise<StripeObject> {
      const params = parseParams(RefundCreate, call.params)
      for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
        const stored = await chargeOf(call, params)
        await refuseDisputed(call, stored)
        const amount = amountOf(stored.object, params)
        const draft = toRefund(call, stored, params, amount)
        const entry = refundEntry(call, draft)
        const refund = { ...draft, balance_transaction: entry.id }
        const charge = refundedCharge(stored.object, Number(stored.object.amount_refunded) + amount)
        const previous = { amount_refunded: stored.object.amount_refunded, refunded: stored.object.refunded }
        const settlesAt = new Date(call.now.getTime() + SETTLE_MS)
        const saved = await objects.commit({
          account: call.account,
          request: requestOf(call),
          update: [{ ...stored, object: charge }],
          create: [{ object: refund, hidden: { settle: stored.hidden.refund ?? null } }, { object: entry }],
          events: [
            { type: 'refund.created', object: refund },
            { type: 'charge.refunded', object: charge, previous },
          ],
          later: stored.hidden.refund ? [{ id: refund.id, at: settlesAt }] : [],
        })
        if (saved === 'done') return refund
        const known = await objects.find(call.account, refund.id)
        if (known) return known.object
      }
      throw inUse('charge')
    },
    async update(call: Call, id: string): Promise<StripeObject> {
      const { metadata } = parseParams(RefundUpdate, call.params)
      const stored = await get(call, id)
      const { object } = stored
      const refund = { ...object, metadata: mergeMetadata(object.metadata as Record<string, string>, metadata) }
      const events = [{ type: 'refund.updated', object: refund, previous: changedFields(object, refund) }]
      const update = [{ ...stored, object: refund }]
      const saved = await objects.commit({ account: call.account, request: requestOf(call), update, events })
      if (saved === 'stale') throw inUse('refund')
      return refund
    },
    async cancel(call: Call, id: string): Promise<StripeObject> {
      const stored = await get(call, id)
      if (stored.object.status !== 'pending') {
        const message = `Refund ${id} has a status of ${String(stored.object.status)} and cannot be canceled.`
        throw failure(400, { type: 'invalid_request_error', message })
      }
      const refund: StripeObject = { ...stored.object, status: 'canceled' }
      const events = [{ type: 'refund.updated', object: refund, previous: { status: 'pending' } }]
      const saved = await change(call, stored, refund, events, true)
      if (!saved) throw inUse('refund')
      return saved
    },
    /** What the bank says at last: a pending refund arrives, a doomed one comes back. */
    async settle(call: Call, stored: Stored): Promise<void> {
      const { object, hidden } = stored
      if (hidden.settle === 'pending' && object.status === 'pending') {
        const refund: StripeObject = { ...object, status: 'succeeded' }
        const events = [{ type: 'refund.updated', object: refund, previous: { status: 'pending' } }]
        await change(call, stored, refund, events, false)
      }
      if (hidden.settle === 'fails_later' && object.status === 'succeeded') {
        const refund: StripeObject = { ...object, status: 'failed', failure_reason: 'expired_or_canceled_card' }
        const previous = { status: 'succeeded' }
        const events = ['refund.updated', 'refund.failed'].map((type) => ({ type, object: refund, previous }))
        await change(call, stored, refund, events, true)
      }
    },
  }
}

export type RefundService = ReturnType<typeof createRefundService>

function found(stored: Stored | null, kind: string, id: string, param = kind): Stored {
  if (stored?.object.object !== kind) throw noSuch(kind, id, param)
  return stored
}

function amountOf(charge: StripeObject, { amount }: RefundCreate): number {
  const left = Number(charge.amount_captured) - Number(charge.amount_refunded)
  if (left <= 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' })
  }
  if (amount === undefined) return left
  if (amount < 1)
    throw invalidRequest('Invalid positive integer', { code: 'parameter_invalid_integer', param: 'amount' })
  if (amount <= left) return amount
  const message = `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`
  throw invalidRequest(message, { param: 'amount' })
}

function toRefund(call: Call, { object: charge, hidden }: Stored, params: RefundCreate, amount: number): StripeObject {
  const isPending = hidden.refund === 'pending'
  return {
    id: call.newId('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: seconds(call.now),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: {
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
      type: 'card',
    },
    metadata: mergeMetadata({}, params.metadata),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    ...(isPending ? { pending_reason: 'processing' } : {}),
    reason: params.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: isPending ? 'pending' : 'succeeded',
    transfer_reversal: null,
  }
}
