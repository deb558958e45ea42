import { z } from 'zod'
import { MethodData, ShippingParams } from './method.params.ts'
import {
  Expandable,
  email,
  emptyable,
  flag,
  ignored,
  integer,
  Metadata,
  opaque,
  Page,
  text,
  webAddress,
} from './params.ts'

const CardOptions = z.object({ request_three_d_secure: z.enum(['any', 'automatic', 'challenge']).optional() }).loose()
const MethodOptions = z.object({ card: CardOptions.optional() }).loose()
const FutureUsage = z.enum(['off_session', 'on_session'])
const CaptureMethod = z.enum(['automatic', 'automatic_async', 'manual'])
const UNUSED = ignored(
  'amount_details application_fee_amount confirmation_token customer_account hooks mandate mandate_data on_behalf_of payment_details payment_method_configuration radar_options transfer_data excluded_payment_method_types',
)

const Payable = {
  allowed_payment_method_types: z.array(text).optional(),
  payment_method: text.optional(),
  payment_method_data: MethodData.optional(),
  payment_method_options: MethodOptions.optional(),
  payment_method_types: z.array(text).optional(),
  receipt_email: emptyable(email).optional(),
  setup_future_usage: emptyable(FutureUsage).optional(),
  shipping: emptyable(ShippingParams).optional(),
  ...UNUSED,
  ...Expandable,
}
const OnConfirm = {
  return_url: webAddress.optional(),
  use_stripe_sdk: flag.optional(),
  off_session: z.union([flag, z.enum(['one_off', 'recurring']).transform(() => true)]).optional(),
  error_on_requires_action: flag.optional(),
}
const Described = {
  customer: text.optional(),
  description: emptyable(text).optional(),
  metadata: Metadata.optional(),
  statement_descriptor: emptyable(z.string().max(22)).optional(),
  statement_descriptor_suffix: emptyable(z.string().max(22)).optional(),
  transfer_group: text.optional(),
  capture_method: CaptureMethod.optional(),
}
const AutomaticMethods = z.strictObject({
  enabled: flag,
  allow_redirects: z.enum(['always', 'never']).optional(),
})

export const IntentCreate = z.strictObject({
  amount: integer,
  currency: text,
  automatic_payment_methods: AutomaticMethods.optional(),
  confirm: flag.optional(),
  confirmation_method: z.enum(['automatic', 'manual']).optional(),
  ...Payable,
  ...OnConfirm,
  ...Described,
})
export type IntentCreate = z.infer<typeof IntentCreate>
export const IntentUpdate = z.strictObject({
  amount: integer.optional(),
  currency: text.optional(),
  ...Payable,
  ...Described,
})
export type IntentUpdate = z.infer<typeof IntentUpdate>
export const IntentConfirm = z.strictObject({
  ...Payable,
  ...OnConfirm,
  amount_to_confirm: integer.optional(),
  capture_method: CaptureMethod.optional(),
  client_secret: text.optional(),
  expected_payment_method_type: opaque,
})
export type IntentConfirm = z.infer<typeof IntentConfirm>
export const IntentCancel = z.strictObject({
  cancellation_reason: z.enum(['abandoned', 'duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  ...Expandable,
})
export const IntentCapture = z.strictObject({
  amount_to_capture: integer.optional(),
  final_capture: flag.optional(),
  metadata: Metadata.optional(),
  statement_descriptor: text.optional(),
  statement_descriptor_suffix: text.optional(),
  ...ignored('amount_details application_fee_amount hooks payment_details transfer_data'),
  ...Expandable,
})
export const IntentRetrieve = z.strictObject({ client_secret: text.optional(), ...Expandable })

const SetupFields = {
  customer: text.optional(),
  description: emptyable(text).optional(),
  metadata: Metadata.optional(),
  payment_method: text.optional(),
  payment_method_data: MethodData.optional(),
  payment_method_options: MethodOptions.optional(),
  payment_method_types: z.array(text).optional(),
  attach_to_self: flag.optional(),
  ...ignored(
    'confirmation_token customer_account flow_directions mandate_data on_behalf_of payment_method_configuration single_use allowed_payment_method_types excluded_payment_method_types',
  ),
  ...Expandable,
}
export const SetupCreate = z.strictObject({
  ...SetupFields,
  automatic_payment_methods: AutomaticMethods.optional(),
  confirm: flag.optional(),
  return_url: webAddress.optional(),
  usage: FutureUsage.optional(),
  use_stripe_sdk: flag.optional(),
})
export const SetupUpdate = z.strictObject(SetupFields)
export const SetupConfirm = z.strictObject({
  ...SetupFields,
  client_secret: text.optional(),
  return_url: webAddress.optional(),
  use_stripe_sdk: flag.optional(),
  expected_payment_method_type: opaque,
})
export type SetupConfirm = z.infer<typeof SetupConfirm>
export const SetupCancel = z.strictObject({
  cancellation_reason: z.enum(['abandoned', 'duplicate', 'requested_by_customer']).optional(),
  ...Expandable,
})
export const SetupList = z.strictObject({
  ...Page,
  customer: text.optional(),
  payment_method: text.optional(),
  attach_to_self: flag.optional(),
})
