import { attemptPayment } from './attempt.ts'
import { type Call, requestOf, type SandboxDeps, seconds } from './call.ts'
import { failure, invalidRequest, noSuch } from './failure.ts'
import type { Decision } from './intent.decision.ts'
import { canceled, captured, eventOf, type Intent, requireAllowed } from './intent.rules.ts'
import { randomLetters } from './keys.ts'
import type { MethodService, ResolvedMethod } from './methods.service.ts'
import type { Stored } from './objects.repository.ts'
import {
  IntentCancel,
  IntentCapture,
  IntentConfirm,
  IntentCreate,
  IntentUpdate,
  parseParams,
  Retrieve,
} from './params.ts'

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
    decide: (stored: Stored<Intent>) => Promise<Decision> | Decision,
  ): Promise<Intent> {
    for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
      const decision = await decide(await get(call, id))
      const saved = await objects.commit({ account: call.account, request: requestOf(call), ...decision.change })
      if (saved === 'stale') continue
      if (decision.error) throw decision.error
      return decision.intent
    }
    throw failure(409, {
      type: 'invalid_request_error',
      code: 'lock_timeout',
      message: 'This object cannot be accessed right now because another API request is currently accessing it.',
    })
  }

  async function methodOf(
    call: Call,
    params: Pick<IntentConfirm, 'payment_method' | 'payment_method_data'>,
  ): Promise<ResolvedMethod | null> {
    if (params.payment_method_data) return methods.createFrom(call, params.payment_method_data)
    return params.payment_method ? methods.resolve(call, params.payment_method) : null
  }

  async function confirmWith(call: Call, id: string, params: IntentConfirm): Promise<Intent> {
    const before = await get(call, id)
    requireAccess(call, before.object, params.client_secret)
    requireAllowed('confirm', before.object)
    const given = await methodOf(call, params)
    return change(call, id, async (stored) => {
      requireAllowed('confirm', stored.object)
      const chosen =
        given ?? (stored.object.payment_method ? await methods.resolve(call, stored.object.payment_method) : null)
      if (!chosen) throw missingMethod(stored.object)
      return attemptPayment({ call, stored, chosen, params, publicUrl: deps.publicUrl })
    })
  }

  return {
    async create(call: Call): Promise<Intent> {
      const {
        confirm,
        off_session,
        error_on_requires_action,
        expand: _expand,
        ...params
      } = parseParams(IntentCreate, call.params)
      requireAmount(params.amount, params.currency)
      const { payment_method_data, ...printed } = params
      const method = await methodOf(call, params)
      const intent = toIntent(call, { ...printed, payment_method: method?.method.id })
      const saved = await objects.commit({
        account: call.account,
        request: requestOf(call),
        create: [{ object: intent }],
        events: [eventOf('payment_intent.created', intent)],
      })
      const known = saved === 'stale' ? (await get(call, intent.id)).object : intent
      if (!confirm || known.status === 'succeeded') return known
      return confirmWith(call, intent.id, {
        return_url: params.return_url,
        off_session,
        error_on_requires_action,
        payment_method_options: params.payment_method_options,
      })
    },
    async retrieve(call: Call, id: string): Promise<Intent> {
      const { client_secret } = parseParams(Retrieve, call.params)
      const { object } = await get(call, id)
      requireAccess(call, object, client_secret)
      return object
    },
    confirm: (call: Call, id: string) => confirmWith(call, id, parseParams(IntentConfirm, call.params)),
    async update(call: Call, id: string): Promise<Intent> {
      const { expand: _expand, payment_method_data, ...params } = parseParams(IntentUpdate, call.params)
      const method = await methodOf(call, { payment_method: params.payment_method, payment_method_data })
      return change(call, id, ({ object, ...stored }) => {
        const isMoney = params.amount !== undefined || params.currency !== undefined || method
        if (isMoney) requireAllowed('update', object)
        requireAmount(params.amount ?? object.amount, params.currency ?? object.currency)
        const intent: Intent = {
          ...object,
          ...params,
          metadata: { ...object.metadata, ...params.metadata },
          payment_method: method?.method.id ?? object.payment_method,
          status: method && object.status === 'requires_payment_method' ? 'requires_confirmation' : object.status,
        }
        return { intent, change: { update: [{ ...stored, object: intent }] } }
      })
    },
    async cancel(call: Call, id: string): Promise<Intent> {
      const { cancellation_reason } = parseParams(IntentCancel, call.params)
      return change(call, id, ({ object, ...stored }) => {
        requireAllowed('cancel', object)
        const intent = canceled(object, seconds(call.now), cancellation_reason ?? null)
        return {
          intent,
          change: { update: [{ ...stored, object: intent }], events: [eventOf('payment_intent.canceled', intent)] },
        }
      })
    },
    async capture(call: Call, id: string): Promise<Intent> {
      const { amount_to_capture } = parseParams(IntentCapture, call.params)
      return change(call, id, async ({ object, ...stored }) => {
        requireAllowed('capture', object)
        const amount = amount_to_capture ?? object.amount_capturable
        if (amount > object.amount_capturable || amount < 1)
          throw invalidRequest('The amount to capture is more than the amount you can capture.', {
            param: 'amount_to_capture',
          })
        const intent = captured(object, amount)
        const charge = await objects.find(call.account, String(object.latest_charge))
        const paid = charge && { ...charge, object: { ...charge.object, captured: true, amount_captured: amount } }
        const events = [
          eventOf('payment_intent.succeeded', intent),
          ...(paid ? [eventOf('charge.captured', paid.object)] : []),
        ]
        return { intent, change: { update: [{ ...stored, object: intent }, ...(paid ? [paid] : [])], events } }
      })
    },
    change,
  }
}

export type IntentService = ReturnType<typeof createIntentService>

function requireAmount(amount: number, currency: string) {
  if (amount < 50) {
    throw invalidRequest(`Amount must be at least 50 ${currency}, in the smallest unit.`, {
      code: 'amount_too_small',
      param: 'amount',
    })
  }
  if (amount > 99_999_999) {
    throw invalidRequest('Amount must be no more than 999,999.99.', { code: 'amount_too_large', param: 'amount' })
  }
}

const missingMethod = (intent: Intent) =>
  failure(400, {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message:
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
    payment_intent: intent,
  })

function toIntent(call: Call, params: Record<string, unknown> & { amount: number; currency: string }): Intent {
  const id = call.newId('pi')
  return {
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    confirmation_method: 'automatic',
    customer: null,
    description: null,
    payment_method_options: {},
    payment_method_types: ['card'],
    processing: null,
    receipt_email: null,
    setup_future_usage: null,
    shipping: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    ...Object.fromEntries(
      Object.entries(params).filter(([name, value]) => value !== undefined && name !== 'return_url'),
    ),
    id,
    object: 'payment_intent',
    amount: params.amount,
    amount_capturable: 0,
    amount_received: 0,
    capture_method: String(params.capture_method ?? 'automatic_async'),
    client_secret: `${id}_secret_${randomLetters(25)}`,
    created: seconds(call.now),
    currency: params.currency,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    metadata: (params.metadata ?? {}) as Record<string, string>, // checked by IntentCreate
    next_action: null,
    payment_method: typeof params.payment_method === 'string' ? params.payment_method : null,
    status: params.payment_method ? 'requires_confirmation' : 'requires_payment_method',
  }
}
