import { z } from 'zod'
import { invalidRequest } from './failure.ts'
import type { FormTree } from './form.ts'

const flag = z.enum(['true', 'false']).transform((value) => value === 'true')
const integer = z
  .string()
  .regex(/^-?\d+$/, 'Invalid integer')
  .transform(Number)
const text = z.string().max(5000)
const opaque = z.unknown().optional()
const Metadata = z.union([z.record(z.string().max(40), z.string().max(500)), z.literal('').transform(() => ({}))])
const Expand = z.array(z.string()).optional()
const OnlyExpand = { expand: Expand }

const CardData = z.strictObject({
  number: z.string().max(30),
  exp_month: integer,
  exp_year: integer,
  cvc: z.string().max(4).optional(),
  networks: opaque,
})
const BillingDetails = z.record(z.string(), opaque)

export const MethodParams = z.strictObject({
  type: z.literal('card'),
  card: CardData,
  billing_details: BillingDetails.optional(),
  allow_redisplay: text.optional(),
  metadata: Metadata.optional(),
  ...OnlyExpand,
})
export type MethodParams = z.infer<typeof MethodParams>

const Payable = {
  payment_method: text.optional(),
  payment_method_data: MethodParams.omit({ expand: true }).optional(),
  payment_method_options: z
    .object({ card: z.object({ request_three_d_secure: text.optional() }).loose().optional() })
    .loose()
    .optional(),
  payment_method_types: z.array(text).optional(),
  allowed_payment_method_types: z.array(text).optional(),
  excluded_payment_method_types: z.array(text).optional(),
  receipt_email: text.optional(),
  return_url: z.url({ protocol: /^https?$/ }).optional(),
  setup_future_usage: text.optional(),
  shipping: opaque,
  mandate_data: opaque,
  use_stripe_sdk: flag.optional(),
  ...OnlyExpand,
}
const OnConfirm = { off_session: flag.optional(), error_on_requires_action: flag.optional() }
const Described = {
  customer: text.optional(),
  description: text.optional(),
  metadata: Metadata.optional(),
  statement_descriptor: z.string().max(22).optional(),
  statement_descriptor_suffix: z.string().max(22).optional(),
  transfer_group: text.optional(),
  capture_method: z.enum(['automatic', 'automatic_async', 'manual']).optional(),
}

export const IntentCreate = z.strictObject({
  amount: integer,
  currency: z
    .string()
    .regex(/^[a-zA-Z]{3}$/, 'Invalid currency')
    .toLowerCase(),
  automatic_payment_methods: opaque,
  confirm: flag.optional(),
  confirmation_method: z.enum(['automatic', 'manual']).optional(),
  ...Payable,
  ...OnConfirm,
  ...Described,
})
export const IntentUpdate = z.strictObject({
  amount: integer.optional(),
  currency: z.string().toLowerCase().optional(),
  ...Payable,
  ...Described,
})
export const IntentConfirm = z.strictObject({
  ...Payable,
  ...OnConfirm,
  capture_method: Described.capture_method,
  client_secret: text.optional(),
})
export type IntentConfirm = z.infer<typeof IntentConfirm>
export const IntentCancel = z.strictObject({
  cancellation_reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer', 'abandoned']).optional(),
  ...OnlyExpand,
})
export const IntentCapture = z.strictObject({
  amount_to_capture: integer.optional(),
  metadata: Metadata.optional(),
  ...OnlyExpand,
})
export const Retrieve = z.strictObject({ client_secret: text.optional(), ...OnlyExpand })

export const RefundCreate = z.strictObject({
  payment_intent: text.optional(),
  charge: text.optional(),
  amount: integer.optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
  metadata: Metadata.optional(),
  ...OnlyExpand,
})

const Page = {
  limit: integer.pipe(z.number().min(1).max(100)).optional(),
  starting_after: text.optional(),
  ending_before: text.optional(),
  created: z
    .union([integer, z.record(z.enum(['gt', 'gte', 'lt', 'lte']), integer).or(z.record(z.string(), integer))])
    .optional(),
  ...OnlyExpand,
}
export const ListParams = z.strictObject({
  ...Page,
  customer: text.optional(),
  payment_intent: text.optional(),
  charge: text.optional(),
  type: text.optional(),
  types: z.array(text).optional(),
  delivery_success: flag.optional(),
})
export type ListParams = z.infer<typeof ListParams>

export const EndpointCreate = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  enabled_events: z.array(text).min(1),
  api_version: text.optional(),
  description: text.optional(),
  metadata: Metadata.optional(),
  connect: flag.optional(),
  ...OnlyExpand,
})
export const EndpointUpdate = z.strictObject({
  url: EndpointCreate.shape.url.optional(),
  enabled_events: EndpointCreate.shape.enabled_events.optional(),
  description: text.optional(),
  metadata: Metadata.optional(),
  disabled: flag.optional(),
  ...OnlyExpand,
})

/** Parses request parameters; the first problem becomes Stripe's 400 with `param`. */
export function parseParams<S extends z.ZodType>(schema: S, params: FormTree): z.infer<S> {
  const parsed = schema.safeParse(params)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  const name = (path: readonly PropertyKey[]) =>
    path.map((part, index) => (index === 0 ? String(part) : `[${String(part)}]`)).join('')
  if (issue?.code === 'unrecognized_keys') {
    const param = name([...issue.path, issue.keys[0] ?? ''])
    throw invalidRequest(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param })
  }
  const param = name(issue?.path ?? [])
  if (isMissing(params, issue?.path ?? [])) {
    throw invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
  }
  throw invalidRequest(`Invalid value for ${param}.`, { code: 'parameter_invalid', param })
}

function isMissing(params: FormTree, path: readonly PropertyKey[]): boolean {
  let value: unknown = params
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return true
    value = Reflect.get(value, part)
  }
  return value === undefined
}
