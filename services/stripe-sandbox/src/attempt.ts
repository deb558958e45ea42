import type { Call } from './call.ts'
import { DECLINES, type Decline, type TestCard } from './cards.ts'
import { aftermathOf, toCharge } from './charge.rules.ts'
import type { Decision } from './intent.decision.ts'
import {
  challenged,
  charged,
  declineOf,
  eventOf,
  type Intent,
  paymentError,
  refusal,
  refused,
  screeningOf,
} from './intent.rules.ts'
import { randomLetters } from './keys.ts'
import type { ResolvedMethod } from './methods.service.ts'
import type { Stored, StripeObject } from './objects.repository.ts'
import type { IntentConfirm } from './params.ts'

interface AttemptInput {
  call: Call
  stored: Stored<Intent>
  chosen: ResolvedMethod
  params: IntentConfirm
  publicUrl: string
}

/** One confirm: screened, then challenged, charged or refused. */
export function attemptPayment({ call, stored, chosen, params, publicUrl }: AttemptInput): Decision {
  const { card, method, hasCvc } = chosen
  const screening = screeningOf({
    card,
    hasCvc,
    isOffSession: params.off_session ?? false,
    mustNotChallenge: params.error_on_requires_action ?? false,
    wantsChallenge: ['any', 'challenge'].includes(params.payment_method_options?.card?.request_three_d_secure ?? ''),
  })
  if (screening === 'authentication_required') return refuse(call, stored, chosen, DECLINES.authenticationRequired)
  if (screening === 'decline') return refuse(call, stored, chosen, card.decline ?? DECLINES.processing)
  if (screening === 'charge') return charge(call, stored, chosen, false)
  const attempt = randomLetters(32)
  // With Stripe.js in the page the challenge is answered in place, whatever the return address.
  const returnUrl = params.use_stripe_sdk ? undefined : params.return_url
  const intent = challenged(stored.object, method.id, nextAction(publicUrl, attempt, returnUrl))
  const hidden = { ...stored.hidden, challenge: { attempt, returnUrl: returnUrl ?? null } }
  return {
    intent,
    change: {
      update: [{ ...stored, object: intent, hidden }],
      events: [eventOf('payment_intent.requires_action', intent)],
    },
  }
}

function nextAction(publicUrl: string, attempt: string, returnUrl: string | undefined) {
  const url = `${publicUrl}/stripe/challenge?attempt=${attempt}`
  return returnUrl
    ? { type: 'redirect_to_url', redirect_to_url: { return_url: returnUrl, url } }
    : { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url, source: attempt } }
}

/** Asks the bank. `isAuthenticated`: the challenge was passed. */
export function charge(call: Call, stored: Stored<Intent>, chosen: ResolvedMethod, isAuthenticated: boolean): Decision {
  const decline = declineOf(chosen.card, chosen.hasCvc)
  if (decline) return refuse(call, stored, chosen, decline)
  const { card, method } = chosen
  const receipt = toCharge(call, { intent: stored.object, method, card, decline: null, isAuthenticated })
  const intent = charged(stored.object, receipt.id, method.id)
  const isPaid = intent.status === 'succeeded'
  const aftermath = isPaid ? aftermathOf(call, card, receipt) : { objects: [], events: [] }
  const events = [
    eventOf('charge.succeeded', receipt),
    eventOf(isPaid ? 'payment_intent.succeeded' : 'payment_intent.amount_capturable_updated', intent),
    ...aftermath.events,
  ]
  const hidden = { ...stored.hidden, challenge: null }
  const create = [{ object: receipt, hidden: hiddenOfCharge(card) }, ...aftermath.objects.map((object) => ({ object }))]
  return { intent, change: { update: [{ ...stored, object: intent, hidden }], create, events } }
}

const hiddenOfCharge = (card: TestCard) => ({ refund: card.refund ?? null })

function refuse(call: Call, stored: Stored<Intent>, { card, method }: ResolvedMethod, decline: Decline): Decision {
  const receipt = toCharge(call, { intent: stored.object, method, card, decline, isAuthenticated: false })
  const intent = refused(stored.object, paymentError(decline, method, receipt.id), receipt.id)
  return {
    intent,
    change: {
      update: [{ ...stored, object: intent, hidden: { ...stored.hidden, challenge: null } }],
      create: [{ object: receipt }],
      events: [eventOf('charge.failed', receipt), eventOf('payment_intent.payment_failed', intent)],
    },
    error: refusal(decline, intent, method),
  }
}

/** The challenge was failed or closed: nothing was charged and another try is welcome. */
export function failChallenge(stored: Stored<Intent>, method: StripeObject, message: string): Decision {
  const decline = { code: 'payment_intent_authentication_failure', declineCode: '', message }
  const intent = refused(stored.object, paymentError(decline, method, null), null)
  return {
    intent,
    change: {
      update: [{ ...stored, object: intent, hidden: { ...stored.hidden, challenge: null } }],
      events: [eventOf('payment_intent.payment_failed', intent)],
    },
  }
}
