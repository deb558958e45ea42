import { type Call, requestOf, type SandboxDeps } from './call.ts'
import { inUse, noSuch } from './failure.ts'
import { changedFields, fullShipping, given, mergeMetadata } from './fields.rules.ts'
import type { StripeObject } from './objects.repository.ts'
import { parseParams } from './params.ts'
import { ChargeUpdate } from './resource.params.ts'

/** Charges are made by intents; what may be changed of them is their description. */
export function createChargeService({ objects }: SandboxDeps) {
  return {
    async update(call: Call, id: string): Promise<StripeObject> {
      const params = parseParams(ChargeUpdate, call.params)
      const stored = await objects.find(call.account, id)
      if (stored?.object.object !== 'charge') throw noSuch('charge', id)
      const { object } = stored
      const report = params.fraud_details?.user_report
      const charge: StripeObject = {
        ...object,
        ...given({
          customer: params.customer,
          description: params.description,
          receipt_email: params.receipt_email,
          transfer_group: params.transfer_group,
          shipping: params.shipping === undefined ? undefined : fullShipping(params.shipping),
          fraud_details: report === undefined ? undefined : report === null ? {} : { user_report: report },
        }),
        metadata: mergeMetadata(object.metadata as Record<string, string>, params.metadata),
      }
      const events = [{ type: 'charge.updated', object: charge, previous: changedFields(object, charge) }]
      const update = [{ ...stored, object: charge }]
      const saved = await objects.commit({ account: call.account, request: requestOf(call), update, events })
      if (saved === 'stale') throw inUse('charge')
      return charge
    },
    /** Closes a manual review: the payment was looked at and is fine. */
    async approveReview(call: Call, id: string): Promise<StripeObject> {
      const stored = await objects.find(call.account, id)
      if (stored?.object.object !== 'review') throw noSuch('review', id)
      const review: StripeObject = { ...stored.object, open: false, closed_reason: 'approved', reason: 'approved' }
      const events = [{ type: 'review.closed', object: review }]
      const update = [{ ...stored, object: review }]
      await objects.commit({ account: call.account, request: requestOf(call), update, events })
      return review
    },
  }
}
