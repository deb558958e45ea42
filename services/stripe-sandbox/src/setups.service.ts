import { nextAction } from './attempt.ts'
import { type Call, requestOf, type SandboxDeps, seconds } from './call.ts'
import { DECLINES, type Decline } from './cards.ts'
import { cardError, failure, inUse, noSuch } from './failure.ts'
import { given, mergeMetadata } from './fields.rules.ts'
import { IntentRetrieve, SetupCancel, SetupConfirm, SetupCreate, SetupUpdate } from './intent.params.ts'
import { cardOptions } from './intent.print.ts'
import { AUTHENTICATION_FAILED, declineOf, paymentError } from './intent.rules.ts'
import { randomLetters, timedLetters } from './keys.ts'
import type { MethodService, ResolvedMethod } from './methods.service.ts'
import type { Change, Stored, StripeObject } from './objects.repository.ts'
import { parseParams } from './params.ts'

export interface Setup extends StripeObject {
  object: 'setup_intent'
  status: 'requires_payment_method' | 'requires_confirmation' | 'requires_action' | 'succeeded' | 'canceled'
  client_secret: string
  customer: string | null
  payment_method: string | null
  usage: string
  metadata: Record<string, string>
}

interface SetupDecision {
  setup: Setup
  change: Omit<Change, 'account'>
  error?: Error
}

/** SetupIntents: a card is checked and kept for later, without a charge. */
export function createSetupService(deps: SandboxDeps, methods: MethodService) {
  const { objects } = deps

  async function get(call: Call, id: string): Promise<Stored<Setup>> {
    const stored = await objects.find(call.account, id)
    if (stored?.object.object !== 'setup_intent') throw noSuch('setupintent', id, 'intent')
    return stored as Stored<Setup> // the kind was just checked
  }

  async function change(call: Call, id: string, decide: (stored: Stored<Setup>) => Promise<SetupDecision>) {
    for (let attempt = 0; attempt < 20; attempt++) {
      const { setup, change, error } = await decide(await get(call, id))
      const saved = await objects.commit({ account: call.account, request: requestOf(call), ...change })
      if (saved === 'stale') continue
      if (error) throw error
      return setup
    }
    throw inUse('SetupIntent')
  }

  const methodOf = (call: Call, params: Partial<SetupConfirm>) =>
    params.payment_method_data
      ? methods.fromData(call, params.payment_method_data)
      : params.payment_method
        ? methods.resolve(call, params.payment_method)
        : null

  async function confirmWith(call: Call, id: string, params: SetupConfirm): Promise<Setup> {
    return change(call, id, async (stored) => {
      requireAccess(call, stored.object, params.client_secret)
      requireOpen('confirm', stored.object)
      const known = { payment_method: stored.object.payment_method ?? undefined }
      const chosen = (await methodOf(call, params)) ?? (await methodOf(call, known))
      if (!chosen)
        throw unexpected(stored.object, 'You cannot confirm this SetupIntent because it is missing a payment method.')
      const needsChallenge = chosen.card.challenge && /^(always|unless_set_up|on_session)$/.test(chosen.card.challenge)
      if (!needsChallenge) return finish(stored, chosen)
      const attempt = timedLetters(32)
      const returnUrl = params.use_stripe_sdk ? undefined : params.return_url
      const setup: Setup = {
        ...stored.object,
        status: 'requires_action',
        payment_method: chosen.method.id,
        last_setup_error: null,
        next_action: nextAction(deps.publicUrl, attempt, returnUrl),
      }
      const hidden = { ...stored.hidden, challenge: { attempt, returnUrl: returnUrl ?? null } }
      const events = [{ type: 'setup_intent.requires_action', object: setup }]
      return { setup, change: { update: [{ ...stored, object: setup, hidden }], create: chosen.fresh, events } }
    })
  }

  async function update(call: Call, id: string): Promise<Setup> {
    const params = parseParams(SetupUpdate, call.params)
    return change(call, id, async (stored) => {
      requireOpen('update', stored.object)
      const method = await methodOf(call, params)
      const setup: Setup = {
        ...stored.object,
        ...given({ description: params.description, customer: params.customer }),
        metadata: mergeMetadata(stored.object.metadata, params.metadata),
        payment_method: method?.method.id ?? stored.object.payment_method,
        status: method ? 'requires_confirmation' : stored.object.status,
      }
      return { setup, change: { update: [{ ...stored, object: setup }], create: method?.fresh ?? [] } }
    })
  }

  return {
    change,
    update,
    finish,
    async create(call: Call): Promise<Setup> {
      const params = parseParams(SetupCreate, call.params)
      const method = await methodOf(call, params)
      const setup = toSetup(call, params, method?.method.id ?? null)
      await objects.commit({
        account: call.account,
        request: requestOf(call),
        create: [{ object: setup }, ...(method?.fresh ?? [])],
        events: [{ type: 'setup_intent.created', object: setup }],
      })
      if (!params.confirm) return setup
      const { return_url, use_stripe_sdk } = params
      return confirmWith(call, setup.id, { return_url, use_stripe_sdk } as SetupConfirm) // a part of its schema
    },
    async retrieve(call: Call, id: string): Promise<Setup> {
      const { client_secret } = parseParams(IntentRetrieve, call.params)
      const { object } = await get(call, id)
      requireAccess(call, object, client_secret)
      return object
    },
    confirm: (call: Call, id: string) => confirmWith(call, id, parseParams(SetupConfirm, call.params)),
    async cancel(call: Call, id: string): Promise<Setup> {
      const { cancellation_reason } = parseParams(SetupCancel, call.params)
      return change(call, id, async (stored) => {
        requireOpen('cancel', stored.object)
        const setup: Setup = {
          ...stored.object,
          status: 'canceled',
          cancellation_reason: cancellation_reason ?? null,
          next_action: null,
        }
        const hidden = { ...stored.hidden, challenge: null }
        const events = [{ type: 'setup_intent.canceled', object: setup }]
        return { setup, change: { update: [{ ...stored, object: setup, hidden }], events } }
      })
    },
  }
}

export type SetupService = ReturnType<typeof createSetupService>

/** The bank was asked, or needed no asking: the card is kept, or refused as an attachment would be. */
function finish(stored: Stored<Setup>, chosen: ResolvedMethod): SetupDecision {
  const decline = chosen.card.doesAttach || chosen.card.challenge ? null : declineOf(chosen.card, chosen.hasCvc)
  if (chosen.card.challenge === 'lookup_error') return refuseSetup(stored, chosen, DECLINES.generic)
  if (decline) return refuseSetup(stored, chosen, decline)
  const { customer, usage } = stored.object
  const method: StripeObject = customer ? { ...chosen.method, customer } : chosen.method
  const mark = { isSetUp: usage === 'off_session' }
  const setup: Setup = {
    ...stored.object,
    status: 'succeeded',
    payment_method: method.id,
    last_setup_error: null,
    next_action: null,
  }
  const kept = chosen.stored && { ...chosen.stored, object: method, hidden: { ...chosen.stored.hidden, ...mark } }
  const update = [{ ...stored, object: setup, hidden: { ...stored.hidden, challenge: null } }, ...(kept ? [kept] : [])]
  const create = chosen.fresh.map(({ hidden }) => ({ object: method, hidden: { ...hidden, ...mark } }))
  const attached = customer ? [{ type: 'payment_method.attached', object: method }] : []
  const events = [{ type: 'setup_intent.succeeded', object: setup }, ...attached]
  return { setup, change: { update, create, events } }
}

/** A refused card, or a failed challenge, leaves the setup open for another card. */
export function refuseSetup(stored: Stored<Setup>, { method, fresh }: ResolvedMethod, decline: Decline): SetupDecision {
  const setup: Setup = {
    ...stored.object,
    status: 'requires_payment_method',
    payment_method: null,
    last_setup_error: paymentError(decline, method, null),
    next_action: null,
  }
  const { code, declineCode, message } = decline
  const error = cardError(code, message, { decline_code: declineCode, payment_method: method, setup_intent: setup })
  const update = [{ ...stored, object: setup, hidden: { ...stored.hidden, challenge: null } }]
  return {
    setup,
    change: { update, create: fresh, events: [{ type: 'setup_intent.setup_failed', object: setup }] },
    error,
  }
}

export const SETUP_NOT_AUTHENTICATED: Decline = {
  code: 'setup_intent_authentication_failure',
  declineCode: '',
  message: AUTHENTICATION_FAILED,
}

function requireAccess(call: Call, setup: Setup, clientSecret: string | undefined) {
  if (call.access === 'secret' && !clientSecret) return
  if (clientSecret !== setup.client_secret) throw noSuch('setupintent', setup.id, 'intent')
}

function requireOpen(operation: string, setup: Setup) {
  if (setup.status !== 'succeeded' && setup.status !== 'canceled') return
  throw unexpected(setup, `You cannot ${operation} this SetupIntent because it has a status of ${setup.status}.`)
}

const unexpected = (setup: Setup, message: string) =>
  failure(400, {
    type: 'invalid_request_error',
    code: 'setup_intent_unexpected_state',
    message,
    setup_intent: setup,
  })

/** As for a payment, but nothing is paid in instalments. */
function optionsOf(params: Pick<SetupConfirm, 'payment_method_options'>) {
  const { installments: _none, ...options } = cardOptions(params.payment_method_options).card
  return options
}

function toSetup(call: Call, params: ReturnType<typeof SetupCreate.parse>, methodId: string | null): Setup {
  const id = call.newId('seti')
  const types = params.payment_method_types
  return {
    id,
    object: 'setup_intent',
    allowed_payment_method_types: null,
    application: null,
    automatic_payment_methods: types
      ? null
      : { allow_redirects: 'always', ...(params.automatic_payment_methods ?? { enabled: true }) },
    cancellation_reason: null,
    client_secret: `${id}_secret_${randomLetters(31)}`,
    created: seconds(call.now),
    customer: params.customer ?? null,
    customer_account: null,
    description: params.description ?? null,
    excluded_payment_method_types: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: mergeMetadata({}, params.metadata),
    next_action: null,
    on_behalf_of: null,
    payment_method: methodId,
    payment_method_configuration_details: null,
    payment_method_options: { card: optionsOf(params) },
    payment_method_types: types ?? ['card'],
    single_use_mandate: null,
    status: methodId ? 'requires_confirmation' : 'requires_payment_method',
    usage: params.usage ?? 'off_session',
  }
}
