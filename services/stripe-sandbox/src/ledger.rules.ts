import { type Call, seconds } from './call.ts'
import type { StripeObject } from './objects.repository.ts'

const DAY = 24 * 3600
/** Stripe's list price for cards in the US: 2.9 % and 30 of the smallest unit. */
const chargeFee = (amount: number) => Math.round(amount * 0.029) + 30
const DISPUTE_FEE = 1500
const SETTLE_DAYS = 2

interface Entry {
  amount: number
  fee: number
  currency: unknown
  type: 'charge' | 'refund' | 'refund_failure' | 'adjustment'
  category: string
  source: string
  description?: unknown
  isAvailableAtOnce: boolean
}

function toEntry(call: Call, entry: Entry): StripeObject {
  const created = seconds(call.now)
  const { amount, fee, isAvailableAtOnce } = entry
  const feeDetail = {
    amount: fee,
    application: null,
    currency: entry.currency,
    description: entry.type === 'adjustment' ? 'Dispute fee' : 'Stripe processing fees',
    type: 'stripe_fee',
  }
  return {
    id: call.newId('txn'),
    object: 'balance_transaction',
    amount,
    available_on: isAvailableAtOnce ? created : created + SETTLE_DAYS * DAY,
    balance_type: 'payments',
    created,
    currency: entry.currency,
    description: entry.description ?? null,
    exchange_rate: null,
    fee,
    fee_details: fee === 0 ? [] : [feeDetail],
    net: amount - fee,
    reporting_category: entry.category,
    source: entry.source,
    status: isAvailableAtOnce ? 'available' : 'pending',
    type: entry.type,
  }
}

/** What a captured charge adds to the balance. */
export const chargeEntry = (call: Call, charge: StripeObject, amount: number, isAvailableAtOnce: boolean) =>
  toEntry(call, {
    amount,
    fee: chargeFee(amount),
    currency: charge.currency,
    type: 'charge',
    category: 'charge',
    source: charge.id,
    description: charge.description,
    isAvailableAtOnce,
  })

/** What a refund takes from the balance, and a failed one gives back. */
export const refundEntry = (call: Call, refund: StripeObject, isReversal = false) =>
  toEntry(call, {
    amount: Number(refund.amount) * (isReversal ? 1 : -1),
    fee: 0,
    currency: refund.currency,
    type: isReversal ? 'refund_failure' : 'refund',
    category: isReversal ? 'refund_failure' : 'refund',
    source: refund.id,
    description: isReversal ? 'REFUND FAILURE' : 'REFUND FOR CHARGE',
    isAvailableAtOnce: true,
  })

/** What a dispute withholds, with its fee, and a won one gives back. */
export const disputeEntry = (call: Call, dispute: StripeObject, isReversal = false) =>
  toEntry(call, {
    amount: Number(dispute.amount) * (isReversal ? 1 : -1),
    fee: isReversal ? 0 : DISPUTE_FEE,
    currency: dispute.currency,
    type: 'adjustment',
    category: isReversal ? 'dispute_reversal' : 'dispute',
    source: dispute.id,
    description: `${isReversal ? 'Chargeback reversal' : 'Chargeback withdrawal'} for ${String(dispute.charge)}`,
    isAvailableAtOnce: true,
  })

/** Pending money becomes available as the clock goes on, without anything being written. */
export const asOf = (entry: StripeObject, atSeconds: number): StripeObject => ({
  ...entry,
  status: Number(entry.available_on) <= atSeconds ? 'available' : 'pending',
})
