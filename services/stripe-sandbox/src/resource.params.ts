import { z } from 'zod'
import { ShippingParams } from './method.params.ts'
import { Expandable, email, emptyable, flag, ignored, integer, Metadata, Page, text, webAddress } from './params.ts'

export const RetrieveOnly = z.strictObject(Expandable)

export const RefundCreate = z.strictObject({
  payment_intent: text.optional(),
  charge: text.optional(),
  amount: integer.optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: Metadata.optional(),
  ...ignored('currency customer instructions_email origin refund_application_fee reverse_transfer'),
  ...Expandable,
})
export type RefundCreate = z.infer<typeof RefundCreate>
export const RefundUpdate = z.strictObject({ metadata: Metadata.optional(), ...Expandable })

export const ChargeUpdate = z.strictObject({
  customer: text.optional(),
  description: emptyable(text).optional(),
  fraud_details: z.strictObject({ user_report: emptyable(z.enum(['fraudulent', 'safe'])) }).optional(),
  metadata: Metadata.optional(),
  receipt_email: emptyable(email).optional(),
  shipping: emptyable(ShippingParams).optional(),
  transfer_group: text.optional(),
  ...Expandable,
})

export const EVIDENCE_FIELDS =
  'access_activity_log billing_address cancellation_policy cancellation_policy_disclosure cancellation_rebuttal customer_communication customer_email_address customer_name customer_purchase_ip customer_signature duplicate_charge_documentation duplicate_charge_explanation duplicate_charge_id product_description receipt refund_policy refund_policy_disclosure refund_refusal_explanation service_date service_documentation shipping_address shipping_carrier shipping_date shipping_documentation shipping_tracking_number uncategorized_file uncategorized_text'.split(
    ' ',
  )
export const DisputeUpdate = z.strictObject({
  evidence: z
    .strictObject({
      ...Object.fromEntries(EVIDENCE_FIELDS.map((name) => [name, emptyable(z.string().max(20_000)).optional()])),
      enhanced_evidence: z.unknown().optional(),
    })
    .optional(),
  intended_submission_method: text.optional(),
  metadata: Metadata.optional(),
  submit: flag.optional(),
  ...Expandable,
})

export const EndpointCreate = z.strictObject({
  url: webAddress,
  enabled_events: z.array(text).min(1),
  api_version: text.optional(),
  description: emptyable(text).optional(),
  metadata: Metadata.optional(),
  connect: flag.optional(),
  ...Expandable,
})
export const EndpointUpdate = z.strictObject({
  url: webAddress.optional(),
  enabled_events: EndpointCreate.shape.enabled_events.optional(),
  description: emptyable(text).optional(),
  metadata: Metadata.optional(),
  disabled: flag.optional(),
  ...Expandable,
})

const byIntent = { payment_intent: text.optional(), charge: text.optional() }
/** What each kind's list may be narrowed by. */
export const LIST_PARAMS: Record<string, z.ZodType> = {
  payment_intent: z.strictObject({ ...Page, customer: text.optional(), customer_account: text.optional() }),
  setup_intent: z.strictObject({ ...Page, customer: text.optional(), payment_method: text.optional() }),
  charge: z.strictObject({
    ...Page,
    customer: text.optional(),
    payment_intent: text.optional(),
    transfer_group: text.optional(),
  }),
  refund: z.strictObject({ ...Page, ...byIntent }),
  dispute: z.strictObject({ ...Page, ...byIntent }),
  customer: z.strictObject({ ...Page, email: text.optional(), test_clock: text.optional() }),
  review: z.strictObject(Page),
  'radar.early_fraud_warning': z.strictObject({ ...Page, ...byIntent }),
  webhook_endpoint: z.strictObject(Page),
  balance_transaction: z.strictObject({
    ...Page,
    currency: text.optional(),
    payout: text.optional(),
    source: text.optional(),
    type: text.optional(),
  }),
  event: z.strictObject({
    ...Page,
    type: text.optional(),
    types: z.array(text).max(20).optional(),
    delivery_success: flag.optional(),
  }),
}
