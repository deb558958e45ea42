import { type Call, seconds } from './call.ts'
import { fullShipping, mergeMetadata } from './fields.rules.ts'
import type { IntentCreate } from './intent.params.ts'
import type { Intent } from './intent.rules.ts'
import { randomLetters } from './keys.ts'

/** The options Stripe prints for cards, whatever little was asked for. */
export const cardOptions = (
  asked: { card?: { request_three_d_secure?: string | undefined } | undefined } | undefined,
) => ({
  card: {
    installments: null,
    mandate_options: null,
    network: null,
    request_three_d_secure: asked?.card?.request_three_d_secure ?? 'automatic',
  },
})

export const wantsThreeDSecure = (options: unknown): boolean => {
  const card = typeof options === 'object' && options !== null ? Reflect.get(options, 'card') : null
  return ['any', 'challenge'].includes(card?.request_three_d_secure)
}

/** A new intent, every field in its place. */
export function toIntent(call: Call, params: IntentCreate, methodId: string | null): Intent {
  const id = call.newId('pi')
  const { allowed_payment_method_types: allowed } = params
  const types = params.payment_method_types ?? allowed
  const automatic = params.automatic_payment_methods ?? { enabled: true }
  return {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: allowed ?? null,
    amount: params.amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: types ? null : { allow_redirects: 'always', ...automatic },
    canceled_at: null,
    cancellation_reason: null,
    capture_method: params.capture_method ?? 'automatic_async',
    client_secret: `${id}_secret_${randomLetters(25)}`,
    confirmation_method: params.confirmation_method ?? 'automatic',
    created: seconds(call.now),
    currency: params.currency,
    customer: params.customer ?? null,
    customer_account: null,
    description: params.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: mergeMetadata({}, params.metadata),
    next_action: null,
    on_behalf_of: null,
    payment_method: methodId,
    payment_method_configuration_details: null,
    payment_method_options: cardOptions(params.payment_method_options),
    payment_method_types: types ?? ['card'],
    payment_record: null,
    processing: null,
    receipt_email: params.receipt_email ?? null,
    review: null,
    setup_future_usage: params.setup_future_usage ?? null,
    shipping: fullShipping(params.shipping),
    source: null,
    statement_descriptor: params.statement_descriptor ?? null,
    statement_descriptor_suffix: params.statement_descriptor_suffix ?? null,
    status: methodId ? 'requires_confirmation' : 'requires_payment_method',
    transfer_data: null,
    transfer_group: params.transfer_group ?? null,
  }
}
