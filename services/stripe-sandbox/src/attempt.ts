import { aftermathOf } from './aftermath.rules.ts'
import type { Call } from './call.ts'
import { DECLINES, type Decline, type TestCard } from './cards.ts'
import { type Authentication, toCharge } from './charge.rules.ts'
import type { Decision } from './intent.decision.ts'
import type { IntentConfirm } from './intent.params.ts'
import { wantsThreeDSecure } from './intent.print.ts'
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
import { timedLetters } from './keys.ts'
import type { ResolvedMethod } from './methods.service.ts'
import type { Stored, StripeObject } from './objects.repository.ts'

interface AttemptInput {
  call: Call
  stored: Stored<Intent>
  chosen: ResolvedMethod
  params: IntentConfirm
  publicUrl: string
}

/** One confirm: screened, then challenged, charged or refused. */
export function attemptPayment({ call, stored, chosen, params, publicUrl }: AttemptInput): Decision {
  const { card, method, isSetUp } = chosen
  const wantsChallenge = wantsThreeDSecure(params.payment_method_options ?? stored.object.payment_method_options)
  const screening = screeningOf({
    card,
    isSetUp,
    isOffSession: params.off_session ?? false,
    mustNotChallenge: params.error_on_requires_action ?? false,
    wantsChallenge,
  })
  if (screening === 'authentication_required') return refuse(call, stored, chosen, DECLINES.authenticationRequired)
  if (screening === 'decline') return refuse(call, stored, chosen, card.decline ?? DECLINES.generic)
  if (screening === 'charge') return charge(call, stored, chosen, silentAuthentication(card, wantsChallenge))
  const attempt = timedLetters(32)
  // With Stripe.js in the page the challenge is answered in place, whatever the return address.
  const returnUrl = params.use_stripe_sdk ? undefined : params.return_url
  const intent = challenged(stored.object, method.id, nextAction(publicUrl, attempt, returnUrl))
  const hidden = { ...stored.hidden, challenge: { attempt, returnUrl: returnUrl ?? null } }
  return {
    intent,
    change: {
      update: [{ ...stored, object: intent, hidden }],
      create: chosen.fresh,
      events: [eventOf('payment_intent.requires_action', intent)],
    },
  }
}

/** 3-D Secure that asks nothing: a 3DS test on an ordinary card proves nothing, as at Stripe. */
const silentAuthentication = (card: TestCard, isWanted: boolean): Authentication => {
  if (card.isFrictionless) return 'frictionless'
  return isWanted && !card.challenge && !/amex|unionpay/.test(card.brand) ? 'attempt' : null
}

/** Where the customer answers their bank: in the page, or on a page of its own. */
export function nextAction(publicUrl: string, attempt: string, returnUrl: string | undefined) {
  const url = `${publicUrl}/stripe/challenge?attempt=${attempt}`
  return returnUrl
    ? { type: 'redirect_to_url', redirect_to_url: { return_url: returnUrl, url } }
    : { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url, source: attempt } }
}

/** Asks the bank. */
export function charge(
  call: Call,
  stored: Stored<Intent>,
  chosen: ResolvedMethod,
  authentication: Authentication,
): Decision {
  const decline = declineOf(chosen.card, chosen.hasCvc)
  if (decline) return refuse(call, stored, chosen, decline, authentication)
  const { card } = chosen
  const owned = savedMethod(stored.object, chosen)
  const { method } = owned
  const receipt = toCharge(call, { intent: stored.object, method, card, decline: null, authentication })
  const isPaid = receipt.captured === true
  const aftermath = isPaid ? aftermathOf(call, card, receipt) : { charge: receipt, objects: [], events: [] }
  const intent = charged(stored.object, aftermath.charge, method.id)
  const events = [
    eventOf('charge.succeeded', aftermath.charge),
    eventOf(isPaid ? 'payment_intent.succeeded' : 'payment_intent.amount_capturable_updated', intent),
    ...owned.events,
    ...aftermath.events,
  ]
  const hidden = { ...stored.hidden, challenge: null }
  const objects = [...aftermath.objects].map((object) => ({ object }))
  const create = [...owned.create, { object: aftermath.charge, hidden: hiddenOfCharge(card) }, ...objects]
  return { intent, change: { update: [{ ...stored, object: intent, hidden }, ...owned.update], create, events } }
}

/** With `setup_future_usage` and a customer, the card that paid is kept for them. */
function savedMethod({ customer, setup_future_usage: usage }: Intent, chosen: ResolvedMethod) {
  const { method, stored, fresh } = chosen
  if (!customer || !usage || method.customer) return { method, create: fresh, update: [], events: [] }
  const object: StripeObject = { ...method, customer }
  const mark = { isSetUp: usage === 'off_session' }
  const events = [eventOf('payment_method.attached', object)]
  if (stored) {
    return {
      method: object,
      create: [],
      update: [{ ...stored, object, hidden: { ...stored.hidden, ...mark } }],
      events,
    }
  }
  return { method: object, create: [{ object, hidden: { ...fresh[0]?.hidden, ...mark } }], update: [], events }
}

const hiddenOfCharge = (card: TestCard) => ({ refund: card.refund ?? null, number: card.number })

function refuse(
  call: Call,
  stored: Stored<Intent>,
  { card, method, fresh }: ResolvedMethod,
  decline: Decline,
  authentication: Authentication = null,
): Decision {
  const receipt = toCharge(call, { intent: stored.object, method, card, decline, authentication })
  const intent = refused(stored.object, paymentError(decline, method, receipt.id), receipt.id)
  return {
    intent,
    change: {
      update: [{ ...stored, object: intent, hidden: { ...stored.hidden, challenge: null } }],
      create: [...fresh, { object: receipt }],
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
