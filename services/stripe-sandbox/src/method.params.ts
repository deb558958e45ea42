import { z } from 'zod'
import { Expandable, email, emptyable, flag, integer, Metadata, opaque, Page, text } from './params.ts'

export const AddressParams = z.strictObject({
  city: emptyable(text).optional(),
  country: emptyable(text).optional(),
  line1: emptyable(text).optional(),
  line2: emptyable(text).optional(),
  postal_code: emptyable(text).optional(),
  state: emptyable(text).optional(),
})
export const ShippingParams = z.strictObject({
  address: AddressParams,
  name: text,
  carrier: emptyable(text).optional(),
  phone: emptyable(text).optional(),
  tracking_number: emptyable(text).optional(),
})

const CardData = z.strictObject({
  number: z.string().max(30),
  exp_month: integer,
  exp_year: integer,
  cvc: z.string().max(10).optional(),
  networks: opaque,
})
const BillingDetails = z.strictObject({
  address: emptyable(AddressParams).optional(),
  email: emptyable(email).optional(),
  name: emptyable(text).optional(),
  phone: emptyable(text).optional(),
  tax_id: emptyable(text).optional(),
})
const AllowRedisplay = z.enum(['always', 'limited', 'unspecified'])

/** What Stripe.js and servers send to make a payment method; only cards here. */
export const MethodData = z.strictObject({
  type: z.literal('card'),
  card: CardData,
  billing_details: BillingDetails.optional(),
  allow_redisplay: AllowRedisplay.optional(),
  metadata: Metadata.optional(),
  radar_options: opaque,
})
export type MethodData = z.infer<typeof MethodData>
export const MethodParams = MethodData.extend(Expandable)
export const MethodUpdate = z.strictObject({
  billing_details: BillingDetails.optional(),
  allow_redisplay: AllowRedisplay.optional(),
  card: z.strictObject({ exp_month: integer.optional(), exp_year: integer.optional(), networks: opaque }).optional(),
  metadata: Metadata.optional(),
  ...Expandable,
})
export const MethodAttach = z.strictObject({ customer: text, ...Expandable })
export const MethodList = z.strictObject({
  ...Page,
  customer: text.optional(),
  type: text.optional(),
  allow_redisplay: AllowRedisplay.optional(),
})

const CustomerFields = {
  address: emptyable(AddressParams).optional(),
  description: emptyable(text).optional(),
  email: emptyable(email).optional(),
  invoice_settings: z
    .strictObject({
      default_payment_method: emptyable(text).optional(),
      custom_fields: opaque,
      footer: opaque,
      rendering_options: opaque,
    })
    .optional(),
  metadata: Metadata.optional(),
  name: emptyable(text).optional(),
  phone: emptyable(text).optional(),
  preferred_locales: z.array(text).optional(),
  shipping: emptyable(ShippingParams).optional(),
  tax_exempt: emptyable(z.enum(['exempt', 'none', 'reverse'])).optional(),
  balance: integer.optional(),
  next_invoice_sequence: integer.optional(),
  invoice_prefix: text.optional(),
  ...Expandable,
}
export const CustomerCreate = z.strictObject({
  ...CustomerFields,
  payment_method: text.optional(),
  validate: flag.optional(),
})
export const CustomerUpdate = z.strictObject({ ...CustomerFields, validate: flag.optional() })
