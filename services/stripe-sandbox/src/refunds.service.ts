import { type Call, requestOf, type SandboxDeps, seconds } from './call.ts'
import { failure, invalidRequest, noSuch } from './failure.ts'
import { eventOf } from './intent.rules.ts'
import type { Stored, StripeObject } from './objects.repository.ts'
import { parseParams, RefundCreate } from './params.ts'

/** Refunds against a charge, never more than was captured. */
export function createRefundService({ objects }: SandboxDeps) {
  async function chargeOf(
    call: Call,
    params: { payment_intent?: string | undefined; charge?: string | undefined },
  ): Promise<Stored> {
    if (!params.charge && !params.payment_intent) {
      throw invalidRequest('One of the following params should be provided for this request: payment_intent or charge.')
    }
    if (params.charge) return found(await objects.find(call.account, params.charge), 'charge', params.charge)
    const id = params.payment_intent ?? ''
    const intent = found(await objects.find(call.account, id), 'payment_intent', id)
    const charge = await objects.find(call.account, String(intent.object.latest_charge))
    if (intent.object.status === 'succeeded' && charge) return charge
    throw invalidRequest(`This PaymentIntent (${id}) does not have a successful charge to refund.`, {
      param: 'payment_intent',
    })
  }

  return {
    async create(call: Call): Promise<StripeObject> {
      const params = parseParams(RefundCreate, call.params)
      for (let attempt = 0; attempt < 20; attempt++) {
        const stored = await chargeOf(call, params)
        const refund = toRefund(call, stored, params)
        const charge = refundedCharge(stored.object, refund.amount)
        const isLateFailure = stored.hidden.refund === 'fails_later'
        const failed = { ...refund, status: 'failed', failure_reason: 'expired_or_canceled_card' }
        const saved = await objects.commit({
          account: call.account,
          request: requestOf(call),
          update: [{ ...stored, object: isLateFailure ? stored.object : charge }],
          create: [{ object: isLateFailure ? failed : refund }],
          events: [
            eventOf('refund.created', refund),
            eventOf('charge.refunded', charge),
            ...(isLateFailure ? [eventOf('refund.failed', failed)] : []),
          ],
        })
        if (saved === 'done') return refund
        const known = await objects.find(call.account, refund.id)
        if (known) return known.object
      }
      throw failure(409, {
        type: 'invalid_request_error',
        code: 'lock_timeout',
        message: 'The charge is in use. Try again.',
      })
    },
  }
}

function found(stored: Stored | null, kind: string, id: string): Stored {
  if (stored?.object.object !== kind) throw noSuch(kind, id, kind)
  return stored
}

function toRefund(
  call: Call,
  { object: charge, hidden }: Stored,
  params: { amount?: number | undefined; reason?: string | undefined; metadata?: Record<string, string> | undefined },
): StripeObject & { amount: number } {
  const left = Number(charge.amount_captured) - Number(charge.amount_refunded)
  if (left <= 0) {
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' })
  }
  const amount = params.amount ?? left
  if (amount < 1)
    throw invalidRequest('Invalid positive integer', { code: 'parameter_invalid_integer', param: 'amount' })
  if (amount > left) {
    throw invalidRequest(`Refund amount (${amount}) is greater than unrefunded amount on charge (${left}).`, {
      param: 'amount',
    })
  }
  return {
    id: call.newId('re'),
    object: 'refund',
    amount,
    charge: charge.id,
    created: seconds(call.now),
    currency: charge.currency,
    livemode: false,
    metadata: params.metadata ?? {},
    payment_intent: charge.payment_intent,
    reason: params.reason ?? null,
    receipt_number: null,
    status: hidden.refund === 'pending' ? 'pending' : 'succeeded',
  }
}

function refundedCharge(charge: StripeObject, amount: number): StripeObject {
  const refunded = Number(charge.amount_refunded) + amount
  return { ...charge, amount_refunded: refunded, refunded: refunded === charge.amount_captured }
}
