import type { Money } from '@vitrine/contracts/money'
import type {
  Promotion,
  PromotionEvaluation,
  PromotionInput,
  PromotionOutcome,
  PromotionPatch,
} from '@vitrine/contracts/promotions'
import { conflict, invalidInput, notFound } from '@vitrine/kernel/errors'
import { newId } from '@vitrine/kernel/ids'
import type { StaffHand } from '@vitrine/kernel/staff-act'
import type { OrderRepository, PromotionUser, Session } from './order.repository.ts'
import type { PromotionRepository, StoredPromotion } from './promotion.repository.ts'
import {
  decidePromotion,
  type PricedLine,
  type PromotionDecision,
  termProblems,
  usageRefusal,
} from './promotion.rules.ts'

export interface PromotionServiceDeps {
  promotions: PromotionRepository
  orders: Pick<OrderRepository, 'countPromotionUse'>
}

const NO_USE = { total: 0, byCustomer: 0 }
const CODE_LENGTH = 8

function requireSense(terms: Parameters<typeof termProblems>[0]): void {
  const problems = termProblems(terms)
  if (problems) throw invalidInput(problems)
}

const newCode = () =>
  newId('')
    .slice(1, CODE_LENGTH + 1)
    .toUpperCase()

/** Codes and what they are worth. */
export function createPromotionService({ promotions, orders }: PromotionServiceDeps) {
  const withUse = async (promotion: StoredPromotion): Promise<Promotion> => ({
    ...promotion,
    usedCount: (await orders.countPromotionUse(promotion.code, {})).total,
  })

  async function decide(code: string, lines: PricedLine[], who: PromotionUser, now: Date): Promise<PromotionDecision> {
    const stored = await promotions.findByCode(code.trim().toUpperCase())
    const usage = stored ? await orders.countPromotionUse(stored.code, who) : NO_USE
    return decidePromotion(stored && { ...stored, usedCount: usage.total }, lines, usage, now)
  }

  async function get(id: string): Promise<StoredPromotion> {
    const known = await promotions.find(id)
    if (!known) throw notFound('promotion')
    return known
  }

  return {
    decide,
    /**
     * Takes one use of a limited code, in the transaction that writes the order. Orders with the same code wait for
     * each other here, so that parallel checkouts never go beyond a limit.
     */
    async claim(code: string, who: PromotionUser, session: Session): Promise<void> {
      const promotion = await promotions.lock(code, session)
      const usage = await orders.countPromotionUse(code, who, session)
      const reason = promotion ? usageRefusal(promotion, usage) : 'This code does not exist.'
      if (reason) throw conflict('promotion_invalid', reason, { reason })
    },
    async evaluate({ code, lines, cartId, customerId }: PromotionEvaluation, now: Date): Promise<PromotionOutcome> {
      const priced = lines.map((line) => ({ ...line, categories: line.categories ?? [] }))
      const decision = await decide(code, priced, { cartId, customerId }, now)
      if (!decision.isValid) return decision
      const { lineDiscounts, isLimited: _isLimited, ...promotion } = decision.effect
      const discount: Money = {
        amount: lineDiscounts.reduce((sum, amount) => sum + amount, 0),
        currency: lines[0]?.unitPrice.currency ?? 'EUR',
      }
      return { isValid: true, promotion: { ...promotion, discount } }
    },
    get: async (id: string): Promise<Promotion> => withUse(await get(id)),
    list: async () => ({ items: await Promise.all((await promotions.list()).map(withUse)), nextCursor: null }),
    async add(input: PromotionInput, now: Date, hand?: StaffHand | null): Promise<Promotion> {
      requireSense(input)
      const { code = newCode(), ...terms } = input
      const promotion = { ...terms, code, id: newId('promo'), createdAt: now.toISOString() }
      if (!(await promotions.add(promotion, hand))) throw conflict('conflict', 'This code is taken.')
      return { ...promotion, usedCount: 0 }
    },
    async change(id: string, patch: PromotionPatch, hand?: StaffHand | null): Promise<Promotion> {
      const { type, value, startsAt, endsAt } = { ...(await get(id)), ...patch }
      requireSense({ type, value, startsAt: startsAt ?? undefined, endsAt: endsAt ?? undefined })
      const changed = await promotions.update(id, patch, hand)
      if (!changed) throw notFound('promotion')
      return withUse(changed)
    },
    async remove(id: string, hand?: StaffHand | null): Promise<void> {
      if (!(await promotions.remove(id, hand))) throw notFound('promotion')
    },
  }
}

export type PromotionService = ReturnType<typeof createPromotionService>
