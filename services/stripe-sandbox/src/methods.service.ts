import { type Call, type SandboxDeps, seconds } from './call.ts'
import { fullYear, requireTestCard } from './card.rules.ts'
import { findCardByMethod, findCardByNumber, type TestCard } from './cards.ts'
import { failure, noSuch } from './failure.ts'
import type { StripeObject } from './objects.repository.ts'
import { MethodParams, parseParams } from './params.ts'

export interface ResolvedMethod {
  method: StripeObject
  card: TestCard
  hasCvc: boolean
}

const EMPTY_BILLING = { address: null, email: null, name: null, phone: null, tax_id: null }

interface MethodFacts {
  id: string
  created: number
  expMonth: number
  expYear: number
  billing?: Record<string, unknown> | undefined
  metadata?: Record<string, string> | undefined
  hasCvc: boolean
}

function toMethod(card: TestCard, facts: MethodFacts): StripeObject {
  const cvcCheck = card.cvcCheck ?? (facts.hasCvc ? 'pass' : null)
  return {
    id: facts.id,
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { ...EMPTY_BILLING, ...facts.billing },
    card: {
      brand: card.brand,
      checks: {
        address_line1_check: card.addressChecks?.line1 ?? null,
        address_postal_code_check: card.addressChecks?.postal ?? null,
        cvc_check: cvcCheck,
      },
      country: card.country,
      display_brand: card.brand,
      exp_month: facts.expMonth,
      exp_year: facts.expYear,
      funding: card.funding,
      last4: card.number.slice(-4),
      networks: { available: [card.brand], preferred: null },
      three_d_secure_usage: { supported: card.brand !== 'unionpay' },
      wallet: null,
    },
    created: facts.created,
    customer: null,
    livemode: false,
    metadata: facts.metadata ?? {},
    type: 'card',
  }
}

/** Payment methods: only published test cards are ever stored. */
export function createMethodService({ objects }: SandboxDeps) {
  async function createFrom(call: Call, params: Omit<MethodParams, 'expand'>): Promise<ResolvedMethod> {
    const card = requireTestCard(params.card, call.now)
    const hasCvc = params.card.cvc !== undefined
    const method = toMethod(card, {
      id: call.newId('pm'),
      created: seconds(call.now),
      expMonth: params.card.exp_month,
      expYear: fullYear(params.card.exp_year),
      billing: params.billing_details,
      metadata: params.metadata,
      hasCvc,
    })
    await objects.commit({
      account: call.account,
      create: [{ object: method, hidden: { number: card.number, hasCvc } }],
    })
    return { method, card, hasCvc }
  }

  /** `pm_card_…` stands for a fresh payment method with that test card. */
  async function createFromId(call: Call, card: TestCard): Promise<ResolvedMethod> {
    const method = toMethod(card, {
      id: call.newId('pm'),
      created: seconds(call.now),
      expMonth: 12,
      expYear: call.now.getUTCFullYear() + 3,
      hasCvc: true,
    })
    await objects.commit({
      account: call.account,
      create: [{ object: method, hidden: { number: card.number, hasCvc: true } }],
    })
    return { method, card, hasCvc: true }
  }

  return {
    async create(call: Call): Promise<StripeObject> {
      return (await createFrom(call, parseParams(MethodParams, call.params))).method
    },
    createFrom,
    async resolve(call: Call, id: string): Promise<ResolvedMethod> {
      const published = findCardByMethod(id)
      if (published) return createFromId(call, published)
      const stored = await objects.find(call.account, id)
      if (stored?.object.object !== 'payment_method') throw noSuch('PaymentMethod', id, 'payment_method')
      const card = findCardByNumber(String(stored.hidden.number))
      if (!card) throw failure(500, { type: 'api_error', message: 'This payment method lost its test card.' })
      return { method: stored.object, card, hasCvc: stored.hidden.hasCvc === true }
    },
  }
}

export type MethodService = ReturnType<typeof createMethodService>
