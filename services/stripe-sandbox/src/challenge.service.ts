import { charge, failChallenge } from './attempt.ts'
import type { Call, SandboxDeps } from './call.ts'
import { isFailure } from './failure.ts'
import { AUTHENTICATION_FAILED, type Intent } from './intent.rules.ts'
import type { IntentService } from './intents.service.ts'
import { randomId, seededIds } from './keys.ts'
import type { MethodService } from './methods.service.ts'
import type { Stored, StripeObject } from './objects.repository.ts'
import { refuseSetup, SETUP_NOT_AUTHENTICATED, type Setup, type SetupService } from './setups.service.ts'

export const OUTCOMES = ['pass', 'fail', 'cancel'] as const
export type Outcome = (typeof OUTCOMES)[number]

export interface ChallengeView {
  /** Nothing to pay when a card is only kept for later. */
  amount: number | null
  currency: string
  last4: string
}

export interface ChallengeResult {
  intent: StripeObject
  isPassed: boolean
  returnUrl: string | null
}

const returnUrlOf = (stored: Stored): string | null => {
  const challenge = stored.hidden.challenge
  const url = typeof challenge === 'object' && challenge !== null ? Reflect.get(challenge, 'returnUrl') : null
  return typeof url === 'string' ? url : null
}

interface ChallengeDeps extends SandboxDeps {
  intents: IntentService
  setups: SetupService
  methods: MethodService
  now: () => Date
}

/** The bank's page of 3-D Secure: whoever holds the attempt's name may answer it once. */
export function createChallengeService({ objects, intents, setups, methods, now }: ChallengeDeps) {
  async function waiting(attempt: string): Promise<Stored | null> {
    const stored = await objects.findByChallenge(attempt)
    return stored?.object.status === 'requires_action' ? stored : null
  }

  const callFor = (stored: Stored, attempt: string): Call => ({
    account: stored.account,
    access: 'secret',
    key: '',
    params: {},
    now: now(),
    requestId: randomId('req'),
    idempotencyKey: null,
    newId: seededIds(attempt),
  })

  const payIntent = (call: Call, id: string, isPassed: boolean): Promise<Intent> =>
    intents.change(call, id, 'challenge', async (current) => {
      if (current.object.status !== 'requires_action') return { intent: current.object, change: {} }
      const chosen = await methods.resolve(call, String(current.object.payment_method))
      return isPassed
        ? charge(call, current, chosen, 'challenge')
        : failChallenge(current, chosen.method, AUTHENTICATION_FAILED)
    })

  const keepCard = (call: Call, id: string, isPassed: boolean): Promise<Setup> =>
    setups.change(call, id, async (current) => {
      if (current.object.status !== 'requires_action') return { setup: current.object, change: {} }
      const chosen = await methods.resolve(call, String(current.object.payment_method))
      return isPassed ? setups.finish(current, chosen) : refuseSetup(current, chosen, SETUP_NOT_AUTHENTICATED)
    })

  return {
    async view(attempt: string): Promise<ChallengeView | null> {
      const stored = await waiting(attempt)
      if (!stored) return null
      const { amount, currency, payment_method } = stored.object
      const method = await objects.find(stored.account, String(payment_method))
      const card = method?.object.card as { last4?: string } | undefined // written by methods.service
      return {
        amount: typeof amount === 'number' ? amount : null,
        currency: String(currency ?? 'usd'),
        last4: card?.last4 ?? '',
      }
    },
    async answer(attempt: string, outcome: Outcome): Promise<ChallengeResult | null> {
      const stored = await waiting(attempt)
      if (!stored) return null
      const call = callFor(stored, attempt)
      const returnUrl = returnUrlOf(stored)
      const work = stored.object.object === 'setup_intent' ? keepCard : payIntent
      try {
        const intent = await work(call, stored.object.id, outcome === 'pass')
        return { intent, isPassed: outcome === 'pass', returnUrl }
      } catch (error) {
        if (!isFailure(error)) throw error
        const after = await objects.find(stored.account, stored.object.id)
        return { intent: after?.object ?? stored.object, isPassed: false, returnUrl }
      }
    },
  }
}

export type ChallengeService = ReturnType<typeof createChallengeService>
