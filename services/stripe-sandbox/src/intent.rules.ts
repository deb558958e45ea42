import type { Decline, TestCard } from './cards.ts'
import { cardError, docUrlOf, type Failure, failure } from './failure.ts'
import type { EventDraft, StripeObject } from './objects.repository.ts'

export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'requires_capture'
  | 'succeeded'
  | 'canceled'

export interface Intent extends StripeObject {
  object: 'payment_intent'
  status: IntentStatus
  amount: number
  amount_received: number
  amount_capturable: number
  currency: string
  capture_method: string
  client_secret: string
  customer: string | null
  payment_method: string | null
  latest_charge: string | null
  last_payment_error: Record<string, unknown> | null
  next_action: Record<string, unknown> | null
  metadata: Record<string, string>
}

/** Which statuses an operation may start from. Everything else refuses aloud. */
export const ALLOWED = {
  confirm: ['requires_payment_method', 'requires_confirmation', 'requires_action'],
  cancel: ['requires_payment_method', 'requires_capture', 'requires_confirmation', 'requires_action'],
  capture: ['requires_capture'],
  update: ['requires_payment_method', 'requires_confirmation', 'requires_action'],
} as const satisfies Record<string, readonly IntentStatus[]>

const PAST = { confirm: 'confirmed', cancel: 'canceled', capture: 'captured', update: 'updated' } as const

export function requireAllowed(operation: keyof typeof ALLOWED, intent: Intent) {
  const allowed: readonly string[] = ALLOWED[operation]
  if (allowed.includes(intent.status)) return
  const message =
    operation === 'confirm' && intent.status === 'succeeded'
      ? 'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.'
      : `You cannot ${operation} this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be ${PAST[operation]}: ${allowed.join(', ')}.`
  throw failure(400, {
    type: 'invalid_request_error',
    code: 'payment_intent_unexpected_state',
    message,
    payment_intent: intent,
  })
}

export interface Attempt {
  card: TestCard
  isSetUp: boolean
  isOffSession: boolean
  mustNotChallenge: boolean
  wantsChallenge: boolean
}

/** What happens to a card before any charge: nothing, a challenge, or a refusal. */
export function screeningOf(attempt: Attempt): 'charge' | 'challenge' | 'authentication_required' | 'decline' {
  const { card, isSetUp, isOffSession, mustNotChallenge, wantsChallenge } = attempt
  if (card.challenge === 'lookup_error') return 'decline'
  if (card.challenge === 'requested_lookup_error' && wantsChallenge) return 'decline'
  const isChallenged =
    card.challenge === 'always' ||
    (card.challenge === 'unless_set_up' && !(isOffSession && isSetUp)) ||
    (card.challenge === 'on_session' && !isOffSession) ||
    (card.challenge === 'if_requested' && wantsChallenge)
  if (!isChallenged) return 'charge'
  return isOffSession || mustNotChallenge ? 'authentication_required' : 'challenge'
}

/** The bank's answer to the charge itself, or null when it says yes. */
export const declineOf = (card: TestCard, hasCvc: boolean): Decline | null =>
  card.decline && (!card.isOnlyWithCvc || hasCvc) ? card.decline : null

export const charged = (intent: Intent, charge: StripeObject, methodId: string): Intent => {
  const isManual = intent.capture_method === 'manual'
  return {
    ...intent,
    status: isManual ? 'requires_capture' : 'succeeded',
    amount_received: isManual ? 0 : intent.amount,
    amount_capturable: isManual ? intent.amount : 0,
    payment_method: methodId,
    latest_charge: charge.id,
    last_payment_error: null,
    next_action: null,
    review: charge.review ?? null,
  }
}

export const challenged = (intent: Intent, methodId: string, nextAction: Record<string, unknown>): Intent => ({
  ...intent,
  status: 'requires_action',
  payment_method: methodId,
  last_payment_error: null,
  next_action: nextAction,
})

/** A failed attempt is not final: the same intent is payable with another card. */
export const refused = (intent: Intent, error: Record<string, unknown>, chargeId: string | null): Intent => ({
  ...intent,
  status: 'requires_payment_method',
  payment_method: null,
  latest_charge: chargeId ?? intent.latest_charge,
  last_payment_error: error,
  next_action: null,
})

export const canceled = (intent: Intent, at: number, reason: string | null): Intent => ({
  ...intent,
  status: 'canceled',
  canceled_at: at,
  cancellation_reason: reason,
  amount_capturable: 0,
  next_action: null,
})

export const captured = (intent: Intent, amount: number): Intent => ({
  ...intent,
  status: 'succeeded',
  amount_received: amount,
  amount_capturable: 0,
})

export const AUTHENTICATION_FAILED =
  'We are unable to authenticate your payment method. Please choose a different payment method and try again.'

/** `last_payment_error` and the body of the 402 say the same thing. */
export function paymentError(decline: Decline, method: StripeObject, chargeId: string | null): Record<string, unknown> {
  const isAuthentication = decline.code.endsWith('authentication_failure')
  return {
    ...(chargeId ? { charge: chargeId } : {}),
    code: decline.code,
    ...(isAuthentication ? {} : { decline_code: decline.declineCode }),
    doc_url: docUrlOf(decline.code),
    message: decline.message,
    payment_method: method,
    type: isAuthentication ? 'invalid_request_error' : 'card_error',
  }
}

export function refusal(decline: Decline, intent: Intent, method: StripeObject): Failure {
  const isAboutField =
    decline.code === 'incorrect_cvc' ? { param: 'cvc' } : decline.code === 'expired_card' ? { param: 'exp_month' } : {}
  return cardError(decline.code, decline.message, {
    decline_code: decline.declineCode,
    ...isAboutField,
    ...(intent.latest_charge ? { charge: intent.latest_charge } : {}),
    payment_intent: intent,
    payment_method: method,
  })
}

/** The same 402 again, for a request whose first answer was lost after it was decided. */
export function repeatedRefusal(intent: Intent): Failure | null {
  const error = intent.last_payment_error
  if (error?.type !== 'card_error') return null
  const { code, message, decline_code: declineCode, payment_method: method } = error
  const decline = { code: String(code), message: String(message), declineCode: String(declineCode) }
  return refusal(decline, intent, method as StripeObject) // written by paymentError
}

export const eventOf = (type: string, object: StripeObject): EventDraft => ({ type, object })
