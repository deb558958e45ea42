import type { Money } from '@vitrine/contracts/money'
import type {
  Promotion,
  PromotionEvaluation,
  PromotionInput,
  PromotionOutcome,
  PromotionPatch,
} from '@vitrine/contracts/promotions'
import { conflict, notFound } from '@vitrine/kernel/errors'
import { newId } from '@vitrine/kernel/ids'
import type { OrderRepository } from './order.repository.ts'
import type { PromotionRepository, StoredPromotion } from './promotion.repository.ts'
import { decidePromotion, type PricedLine, type PromotionDecision } from './promotion.rules.ts'

export interface PromotionServiceDeps {
  promotions: PromotionRepository
  orders: Pick<OrderRepository, 'countPromotionUse'>
}

/** Codes and what they are worth. Uses are counted from the orders themselves, so nothing can drift. */
export function createPromotionService({ promotions, orders }: PromotionServiceDeps) {
  const withUse = async (promotion: StoredPromotion): Promise<Promotion> => ({
    ...promotion,
    usedCount: (await orders.countPromotionUse(promotion.code, undefined)).total,
  })

  async function decide(
    code: string,
    lines: PricedLine[],
    email: string | undefined,
    now: Date,
  ): Promise<PromotionDecision> {
    const stored = await promotions.findByCode(code.trim().toUpperCase())
    const usage = stored ? await orders.countPromotionUse(stored.code, email) : { total: 0, byCustomer: 0 }
    return decidePromotion(stored && { ...stored, usedCount: usage.total }, lines, usage, now)
  }

  return {
    decide,
    async evaluate({ code, lines, email }: PromotionEvaluation, now: Date): Promise<PromotionOutcome> {
      const decision = await decide(code, lines, email, now)
      if (!decision.isValid) return decision
      const { lineDiscounts, ...promotion } = decision.effect
      const discount: Money = {
        amount: lineDiscounts.reduce((sum, amount) => sum + amount, 0),
        currency: lines[0]?.unitPrice.currency ?? 'EUR',
      }
      return { isValid: true, promotion: { ...promotion, discount } }
    },
    list: async () => ({ items: await Promise.all((await promotions.list()).map(withUse)), nextCursor: null }),
    async add(input: PromotionInput, now: Date): Promise<Promotion> {
      const promotion = { ...input, id: newId('promo'), createdAt: now.toISOString() }
      if (!(await promotions.add(promotion))) throw conflict('conflict', 'This code is taken.')
      return { ...promotion, usedCount: 0 }
    },
    async change(id: string, patch: PromotionPatch): Promise<Promotion> {
      const changed = await promotions.update(id, patch)
      if (!changed) throw notFound('promotion')
      return withUse(changed)
    },
    async remove(id: string): Promise<void> {
      if (!(await promotions.remove(id))) throw notFound('promotion')
    },
  }
}

export type PromotionService = ReturnType<typeof createPromotionService>
