import { type Call, requestOf, type SandboxDeps, seconds } from './call.ts'
import { fullYear, requireTestCard } from './card.rules.ts'
import { DECLINES, findCardByMethod, findCardByNumber, type TestCard } from './cards.ts'
import { cardError, failure, inUse, invalidRequest, noSuch } from './failure.ts'
import { fullBilling, given, mergeMetadata } from './fields.rules.ts'
import { MethodAttach, type MethodData, MethodList, MethodParams, MethodUpdate } from './method.params.ts'
import { type MethodFacts, toMethod } from './method.rules.ts'
import type { Change, Stored, StripeObject } from './objects.repository.ts'
import { pageOf } from './page.ts'
import { parseParams } from './params.ts'

export interface ResolvedMethod {
  method: StripeObject
  card: TestCard
  hasCvc: boolean
  /** The customer agreed to charges in their absence, and the bank knows. */
  isSetUp: boolean
  /** To be saved with what it is used for. */
  fresh: NonNullable<Change['create']>
  stored: Stored | null
}

/** Payment methods: only published test cards are ever stored. */
export function createMethodService({ objects }: SandboxDeps) {
  function fresh(call: Call, card: TestCard, facts: Omit<MethodFacts, 'id' | 'created'>): ResolvedMethod {
    const method = toMethod(card, { ...facts, id: call.newId('pm'), created: seconds(call.now) })
    const { hasCvc } = facts
    const hidden = { number: card.number, hasCvc }
    return { method, card, hasCvc, isSetUp: false, fresh: [{ object: method, hidden }], stored: null }
  }

  /** Checks typed-in card data; saves nothing yet. */
  function fromData(call: Call, data: MethodData): ResolvedMethod {
    return fresh(call, requireTestCard(data.card, call.now), {
      expMonth: data.card.exp_month,
      expYear: fullYear(data.card.exp_year),
      billing: data.billing_details,
      metadata: mergeMetadata({}, data.metadata),
      allowRedisplay: data.allow_redisplay,
      hasCvc: data.card.cvc !== undefined,
    })
  }

  async function get(call: Call, id: string): Promise<Stored> {
    const stored = await objects.find(call.account, id)
    if (stored?.object.object !== 'payment_method') throw noSuch('PaymentMethod', id, 'payment_method')
    return stored
  }

  /** `pm_card_…` stands for a fresh payment method with that test card. */
  async function resolve(call: Call, id: string): Promise<ResolvedMethod> {
    const published = findCardByMethod(id)
    const expiry = { expMonth: 12, expYear: call.now.getUTCFullYear() + 3 }
    if (published) return fresh(call, published, { ...expiry, hasCvc: true })
    const stored = await get(call, id)
    const card = findCardByNumber(String(stored.hidden.number))
    if (!card) throw failure(500, { type: 'api_error', message: 'This payment method lost its test card.' })
    const { hasCvc, isSetUp } = stored.hidden
    return { method: stored.object, card, hasCvc: hasCvc === true, isSetUp: isSetUp === true, fresh: [], stored }
  }

  async function save(call: Call, stored: Stored, object: StripeObject, type: string): Promise<StripeObject> {
    const change = { update: [{ ...stored, object }], events: [{ type, object }] }
    const saved = await objects.commit({ account: call.account, request: requestOf(call), ...change })
    if (saved === 'stale') throw inUse('payment method')
    return object
  }

  return {
    fromData,
    resolve,
    async create(call: Call): Promise<StripeObject> {
      const made = fromData(call, parseParams(MethodParams, call.params))
      await objects.commit({ account: call.account, create: made.fresh })
      return made.method
    },
    async retrieve(call: Call, id: string): Promise<StripeObject> {
      return (await get(call, id)).object
    },
    async update(call: Call, id: string): Promise<StripeObject> {
      const params = parseParams(MethodUpdate, call.params)
      const stored = await get(call, id)
      const { object } = stored
      const expiry = given({ exp_month: params.card?.exp_month, exp_year: params.card?.exp_year })
      const changed: StripeObject = {
        ...object,
        billing_details: fullBilling({ ...(object.billing_details as object), ...params.billing_details }),
        allow_redisplay: params.allow_redisplay ?? object.allow_redisplay,
        card: { ...(object.card as object), ...expiry },
        metadata: mergeMetadata(object.metadata as Record<string, string>, params.metadata),
      }
      return save(call, stored, changed, 'payment_method.updated')
    },
    /** The declining cards are declined here too, as a bank is asked about the card. */
    async attach(call: Call, id: string): Promise<StripeObject> {
      const { customer } = parseParams(MethodAttach, call.params)
      const owner = await objects.find(call.account, customer)
      if (owner?.object.object !== 'customer') throw noSuch('customer', customer, 'customer')
      const chosen = await resolve(call, id)
      requireAttachable(chosen)
      const object = { ...chosen.method, customer }
      const events = [{ type: 'payment_method.attached', object }]
      const hidden = chosen.fresh[0]?.hidden ?? {}
      const change = chosen.stored ? { update: [{ ...chosen.stored, object }] } : { create: [{ object, hidden }] }
      const saved = await objects.commit({ account: call.account, request: requestOf(call), events, ...change })
      if (saved === 'stale') throw inUse('payment method')
      return object
    },
    async detach(call: Call, id: string): Promise<StripeObject> {
      const stored = await get(call, id)
      if (!stored.object.customer) {
        const message = 'The payment method you provided is not attached to a customer so detachment is impossible.'
        throw invalidRequest(message)
      }
      return save(call, stored, { ...stored.object, customer: null }, 'payment_method.detached')
    },
    async list(call: Call, owner?: string) {
      const params = parseParams(MethodList, call.params)
      const customer = owner ?? params.customer
      const equal = given({ customer, type: params.type, allow_redisplay: params.allow_redisplay })
      const url = owner ? `/v1/customers/${owner}/payment_methods` : '/v1/payment_methods'
      if (!customer) return { object: 'list', data: [], has_more: false, url }
      return pageOf(objects, call, { kind: 'payment_method', url, params, equal })
    },
  }
}

export type MethodService = ReturnType<typeof createMethodService>

/** `0341` attaches and fails when charged; so do the cards that only decline after a challenge. */
function requireAttachable({ card, hasCvc, method }: ResolvedMethod) {
  const isSound = !card.decline || card.doesAttach || card.challenge || (card.isOnlyWithCvc && !hasCvc)
  if (isSound) return
  const { code, message, declineCode } = card.decline ?? DECLINES.generic
  throw cardError(code, message, { decline_code: declineCode, payment_method: method })
}
