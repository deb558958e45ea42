import { aftermathOf } from './aftermath.rules.ts'
import { attemptPayment } from './attempt.ts'
import { type Call, requestOf, type SandboxDeps, seconds } from './call.ts'
import { findCardByNumber } from './cards.ts'
import { refundedCharge } from './charge.rules.ts'
import { requireAmount, requireCurrency } from './currency.rules.ts'
import { failure, inUse, invalidRequest, noSuch } from './failure.ts'
import { fullShipping, given, mergeMetadata } from './fields.rules.ts'
import type { Decision } from './intent.decision.ts'
import {
  IntentCancel,
  IntentCapture,
  IntentConfirm,
  IntentCreate,
  IntentRetrieve,
  IntentUpdate,
} from './intent.params.ts'
import { cardOptions, toIntent } from './intent.print.ts'
import { canceled, captured, eventOf, type Intent, repeatedRefusal, requireAllowed } from './intent.rules.ts'
import type { MethodService, ResolvedMethod } from './methods.service.ts'
import type { Stored, StripeObject } from './objects.repository.ts'
import { parseParams } from './params.ts'

const MAX_TRIES = 20

/** PaymentIntents along Stripe's state machine. Every transition is a compare-and-set that repeats when it lost a race. */
export function createIntentService(deps: SandboxDeps, methods: MethodService) {
  const { objects } = deps

  async function get(call: Call, id: string): Promise<Stored<Intent>> {
    const stored = await objects.find(call.account, id)
    if (stored?.object.object !== 'payment_intent') throw noSuch('payment_intent', id, 'intent')
    return stored as Stored<Intent> // the kind was just checked
  }

  /** A publishable key sees one intent, and only with its client secret. */
  function requireAccess(call: Call, intent: Intent, clientSecret: string | undefined) {
    if (call.access === 'secret' && !clientSecret) return
    if (clientSecret === intent.client_secret) return
    throw noSuch('payment_intent', intent.id, 'intent')
  }

  async function change(
    call: Call,
    id: string,
    operation: string,
    decide: (stored: Stored<Intent>) => Promise<Decision> | Decision,
  ): Promise<Intent> {
    // The answer to a request can be lost after its work was saved; the same key must not work twice.
    const lastRequest = call.idempotencyKey ? `${operation} ${call.idempotencyKey}` : null
    for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
      const stored = await get(call, id)
      if (lastRequest && stored.hidden.lastRequest === lastRequest) return repeated(stored.object)
      const decision = await decide({ ...stored, hidden: { ...stored.hidden, lastRequest } })
      const saved = await objects.commit({ account: call.account, request: requestOf(call), ...decision.change })
      if (saved === 'stale') continue
      if (decision.error) throw decision.error
      return decision.intent
    }
    throw inUse('PaymentIntent')
  }

  type Chosen = Pick<IntentConfirm, 'payment_method' | 'payment_method_data'>
  async function methodOf(call: Call, params: Chosen, customer: string | null): Promise<ResolvedMethod | null> {
    if (params.payment_method_data) return methods.fromData(call, params.payment_method_data)
    if (!params.payment_method) return null
    const chosen = await methods.resolve(call, params.payment_method)
    const owner = chosen.method.customer
    if (!owner || owner === customer) return chosen
    const message = customer
      ? `The provided PaymentMethod (${chosen.method.id}) belongs to another Customer. Create it again for this one.`
      : 'The payment method supplied belongs to a customer. Please include the customer in the `customer` parameter on the PaymentIntent.'
    throw invalidRequest(message, { param: 'payment_method' })
  }

  async function requireCustomer(call: Call, id: string | undefined) {
    if (id === undefined) return
    const customer = await objects.find(call.account, id)
    if (customer?.object.object !== 'customer') throw noSuch('customer', id, 'customer')
  }

  async function confirmWith(call: Call, id: string, params: IntentConfirm): Promise<Intent> {
    return change(call, id, 'confirm', async (stored) => {
      requireAccess(call, stored.object, params.client_secret)
      requireAllowed('confirm', stored.object)
      const known = { payment_method: stored.object.payment_method ?? undefined }
      const { customer } = stored.object
      const chosen = (await methodOf(call, params, customer)) ?? (await methodOf(call, known, customer))
      if (!chosen) throw missingMethod(stored.object)
      const given = { ...stored, object: { ...stored.object, ...changesOf(params) } }
      return attemptPayment({ call, stored: given, chosen, params, publicUrl: deps.publicUrl })
    })
  }

  async function finishCapture(call: Call, intent: Intent, amount: number) {
    const charge = await objects.find(call.account, String(intent.latest_charge))
    const card = charge && findCardByNumber(String(charge.hidden.number))
    if (!charge || !card) return { update: [], create: [], events: [] }
    const receipt = { ...charge.object, captured: true, amount_captured: amount }
    const aftermath = aftermathOf(call, card, receipt)
    return {
      update: [{ ...charge, object: aftermath.charge }],
      create: aftermath.objects.map((object) => ({ object })),
      events: [eventOf('charge.captured', aftermath.charge), ...aftermath.events],
    }
  }

  /** An authorisation that is given back shows as a refund of the charge. */
  async function releaseCharge(call: Call, intent: Intent) {
    const charge = await objects.find(call.account, String(intent.latest_charge))
    if (intent.status !== 'requires_capture' || !charge) return { update: [], events: [] }
    const object: StripeObject = { ...refundedCharge(charge.object, Number(charge.object.amount)), refunded: true }
    return { update: [{ ...charge, object }], events: [eventOf('charge.refunded', object)] }
  }

  return {
    async create(call: Call): Promise<Intent> {
      const params = parseParams(IntentCreate, call.params)
      const currency = requireCurrency(params.currency)
      requireAmount(params.amount, currency)
      await requireCustomer(call, params.customer)
      const method = await methodOf(call, params, params.customer ?? null)
      const intent = toIntent(call, { ...params, currency }, method?.method.id ?? null)
      const saved = await objects.commit({
        account: call.account,
        request: requestOf(call),
        create: [{ object: intent }, ...(method?.fresh ?? [])],
        events: [eventOf('payment_intent.created', intent)],
      })
      const known = saved === 'stale' ? (await get(call, intent.id)).object : intent
      if (!params.confirm) return known
      const { return_url, use_stripe_sdk, off_session, error_on_requires_action, payment_method_options } = params
      const confirmParams = {
        return_url,
        use_stripe_sdk,
        off_session,
        error_on_requires_action,
        payment_method_options,
      }
      return confirmWith(call, intent.id, confirmParams as IntentConfirm) // the fields of one part of its schema
    },
    async retrieve(call: Call, id: string): Promise<Intent> {
      const { client_secret } = parseParams(IntentRetrieve, call.params)
      const { object } = await get(call, id)
      requireAccess(call, object, client_secret)
      return object
    },
    confirm: (call: Call, id: string) => confirmWith(call, id, parseParams(IntentConfirm, call.params)),
    async update(call: Call, id: string): Promise<Intent> {
      const params = parseParams(IntentUpdate, call.params)
      const currency = params.currency === undefined ? undefined : requireCurrency(params.currency)
      await requireCustomer(call, params.customer)
      return change(call, id, 'update', async ({ object, ...stored }) => {
        const customer = params.customer ?? object.customer
        const method = await methodOf(call, params, customer)
        const isMoney = params.amount !== undefined || currency !== undefined || method
        if (isMoney) requireAllowed('update', object)
        requireAmount(params.amount ?? object.amount, currency ?? object.currency)
        const intent: Intent = {
          ...object,
          ...changesOf(params),
          ...given({ amount: params.amount, currency, description: params.description }),
          customer,
          metadata: mergeMetadata(object.metadata, params.metadata),
          payment_method: method?.method.id ?? object.payment_method,
          status: method && object.status === 'requires_payment_method' ? 'requires_confirmation' : object.status,
        }
        return { intent, change: { update: [{ ...stored, object: intent }], create: method?.fresh ?? [] } }
      })
    },
    async cancel(call: Call, id: string): Promise<Intent> {
      const { cancellation_reason } = parseParams(IntentCancel, call.params)
      return change(call, id, 'cancel', async ({ object, ...stored }) => {
        requireAllowed('cancel', object)
        const intent = canceled(object, seconds(call.now), cancellation_reason ?? null)
        const released = await releaseCharge(call, object)
        const hidden = { ...stored.hidden, challenge: null }
        const update = [{ ...stored, hidden, object: intent }, ...released.update]
        return { intent, change: { update, events: [eventOf('payment_intent.canceled', intent), ...released.events] } }
      })
    },
    async capture(call: Call, id: string): Promise<Intent> {
      const { amount_to_capture, metadata } = parseParams(IntentCapture, call.params)
      return change(call, id, 'capture', async ({ object, ...stored }) => {
        requireAllowed('capture', object)
        const amount = amount_to_capture ?? object.amount_capturable
        if (amount > object.amount_capturable || amount < 1) throw tooMuch(amount, object.amount_capturable)
        const intent = { ...captured(object, amount), metadata: mergeMetadata(object.metadata, metadata) }
        const { update, create, events } = await finishCapture(call, intent, amount)
        const changed = { update: [{ ...stored, object: intent }, ...update], create }
        return { intent, change: { ...changed, events: [eventOf('payment_intent.succeeded', intent), ...events] } }
      })
    },
    change,
  }
}

export type IntentService = ReturnType<typeof createIntentService>

function repeated(intent: Intent): Intent {
  const error = repeatedRefusal(intent)
  if (error) throw error
  return intent
}

/** What both `update` and `confirm` may set. */
function changesOf(params: Partial<IntentUpdate>): Partial<Intent> {
  const { shipping, payment_method_options: options } = params
  return given({
    receipt_email: params.receipt_email,
    setup_future_usage: params.setup_future_usage,
    capture_method: params.capture_method,
    statement_descriptor: params.statement_descriptor,
    statement_descriptor_suffix: params.statement_descriptor_suffix,
    transfer_group: params.transfer_group,
    payment_method_types: params.payment_method_types,
    payment_method_options: options ? cardOptions(options) : undefined,
    shipping: shipping === undefined ? undefined : fullShipping(shipping),
  }) as Partial<Intent> // the names are the intent's own
}

const tooMuch = (amount: number, most: number) =>
  invalidRequest(`The amount to capture (${amount}) must be between 1 and the amount you can capture (${most}).`, {
    code: amount > most ? 'amount_too_large' : 'amount_too_small',
    param: 'amount_to_capture',
  })

const missingMethod = (intent: Intent) =>
  failure(400, {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message:
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
    payment_intent: intent,
  })
