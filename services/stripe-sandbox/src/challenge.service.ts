import { charge, failChallenge } from './attempt.ts'
import type { Call, SandboxDeps } from './call.ts'
import { isFailure } from './failure.ts'
import { AUTHENTICATION_FAILED, type Intent } from './intent.rules.ts'
import type { IntentService } from './intents.service.ts'
import { randomId, seededIds } from './keys.ts'
import type { MethodService } from './methods.service.ts'
import type { Stored } from './objects.repository.ts'

export const OUTCOMES = ['pass', 'fail', 'cancel'] as const
export type Outcome = (typeof OUTCOMES)[number]

export interface ChallengeView {
  amount: number
  currency: string
  last4: string
}

export interface ChallengeResult {
  intent: Intent
  isPassed: boolean
  returnUrl: string | null
}

const returnUrlOf = (stored: Stored): string | null => {
  const challenge = stored.hidden.challenge
  const url = typeof challenge === 'object' && challenge !== null ? Reflect.get(challenge, 'returnUrl') : null
  return typeof url === 'string' ? url : null
}

/** The bank's page of 3-D Secure: whoever holds the attempt's name may answer it once. */
export function createChallengeService(
  { objects }: SandboxDeps,
  intents: IntentService,
  methods: MethodService,
  now: () => Date,
) {
  async function waiting(attempt: string): Promise<Stored<Intent> | null> {
    const stored = await objects.findByChallenge(attempt)
    const isWaiting = stored?.object.status === 'requires_action'
    return isWaiting ? (stored as Stored<Intent>) : null // only intents carry a challenge
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

  return {
    async view(attempt: string): Promise<ChallengeView | null> {
      const stored = await waiting(attempt)
      if (!stored) return null
      const method = await objects.find(stored.account, String(stored.object.payment_method))
      const card = method?.object.card as { last4?: string } | undefined // written by methods.service
      return { amount: stored.object.amount, currency: stored.object.currency, last4: card?.last4 ?? '' }
    },
    async answer(attempt: string, outcome: Outcome): Promise<ChallengeResult | null> {
      const stored = await waiting(attempt)
      if (!stored) return null
      const call = callFor(stored, attempt)
      const returnUrl = returnUrlOf(stored)
      try {
        const intent = await intents.change(call, stored.object.id, async (current) => {
          if (current.object.status !== 'requires_action') return { intent: current.object, change: {} }
          const chosen = await methods.resolve(call, String(current.object.payment_method))
          return outcome === 'pass'
            ? charge(call, current, chosen, true)
            : failChallenge(current, chosen.method, AUTHENTICATION_FAILED)
        })
        return { intent, isPassed: outcome === 'pass', returnUrl }
      } catch (error) {
        if (!isFailure(error)) throw error
        const intent = await intents.retrieve({ ...call, params: {} }, stored.object.id)
        return { intent, isPassed: false, returnUrl }
      }
    },
  }
}

export type ChallengeService = ReturnType<typeof createChallengeService>
