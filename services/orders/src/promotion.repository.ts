import type { Promotion } from '@vitrine/contracts/promotions'

export type StoredPromotion = Omit<Promotion, 'usedCount'>

export interface PromotionRepository {
  findByCode(code: string): Promise<StoredPromotion | null>
  list(): Promise<StoredPromotion[]>
  /** False when the code is taken. */
  add(promotion: StoredPromotion): Promise<boolean>
  update(id: string, changes: Partial<StoredPromotion>): Promise<StoredPromotion | null>
  remove(id: string): Promise<boolean>
}
