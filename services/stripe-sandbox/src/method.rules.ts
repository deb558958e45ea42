import { createHash } from 'node:crypto'
import type { TestCard } from './cards.ts'
import { fullBilling } from './fields.rules.ts'
import type { StripeObject } from './objects.repository.ts'

export interface MethodFacts {
  id: string
  created: number
  expMonth: number
  expYear: number
  billing?: { address?: object | null | undefined } | undefined
  metadata?: Record<string, string>
  allowRedisplay?: string | undefined
  hasCvc: boolean
}

type Check = 'pass' | 'fail' | 'unavailable' | null

export interface CardDetails {
  brand: string
  checks: { address_line1_check: Check; address_postal_code_check: Check; cvc_check: Check }
  country: string
  exp_month: number
  exp_year: number
  fingerprint: string
  funding: string
  last4: string
  wallet: null
}

/** Names a card without telling its number: the same card has the same one in every object. */
export const fingerprintOf = (number: string): string =>
  createHash('sha256').update(`card:${number}`).digest('base64url').replace(/[-_]/g, '').slice(0, 16)

function checksOf(card: TestCard, { billing, hasCvc }: MethodFacts): CardDetails['checks'] {
  const { line1, postal_code } = fullBilling(billing).address as Record<string, string | null> // every part is printed
  return {
    address_line1_check: card.addressChecks?.line1 ?? (line1 ? 'pass' : null),
    address_postal_code_check: card.addressChecks?.postal ?? (postal_code ? 'pass' : null),
    cvc_check: hasCvc ? (card.cvcCheck ?? 'pass') : null,
  }
}

/** A card as Stripe's `payment_method` prints it. */
export function toMethod(card: TestCard, facts: MethodFacts): StripeObject {
  const details: CardDetails = {
    brand: card.brand,
    checks: checksOf(card, facts),
    country: card.country,
    exp_month: facts.expMonth,
    exp_year: facts.expYear,
    fingerprint: fingerprintOf(card.number),
    funding: card.funding,
    last4: card.number.slice(-4),
    wallet: null,
  }
  return {
    id: facts.id,
    object: 'payment_method',
    allow_redisplay: facts.allowRedisplay ?? 'unspecified',
    billing_details: fullBilling(facts.billing),
    card: {
      ...details,
      display_brand: card.brand,
      generated_from: null,
      networks: { available: [card.brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: !/^(amex|unionpay)$/.test(card.brand) },
    },
    created: facts.created,
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: facts.metadata ?? {},
    type: 'card',
  }
}
