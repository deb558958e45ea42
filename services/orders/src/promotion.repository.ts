import type { Promotion } from '@vitrine/contracts/promotions'
import type { Session } from './order.repository.ts'

export type StoredPromotion = Omit<Promotion, 'usedCount'>

/** Fields to set; null takes one away. */
export type PromotionChanges = { [K in keyof StoredPromotion]?: StoredPromotion[K] | null }

export interface PromotionRepository {
  findByCode(code: string): Promise<StoredPromotion | null>
  find(id: string): Promise<StoredPromotion | null>
  list(): Promise<StoredPromotion[]>
  /** False when the code is taken. */
  add(promotion: StoredPromotion): Promise<boolean>
  update(id: string, changes: PromotionChanges): Promise<StoredPromotion | null>
  remove(id: string): Promise<boolean>
  /** Reads it so that only one transaction at a time holds it: others start again after this one. */
  lock(code: string, session: Session): Promise<StoredPromotion | null>
}
