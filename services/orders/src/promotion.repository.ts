import type { Promotion } from '@vitrine/contracts/promotions'
import type { StaffHand } from '@vitrine/kernel/staff-act'
import type { Session } from './order.repository.ts'

export type StoredPromotion = Omit<Promotion, 'usedCount'>

/** Fields to set; null takes one away. */
export type PromotionChanges = { [K in keyof StoredPromotion]?: StoredPromotion[K] | null }

export interface PromotionRepository {
  findByCode(code: string): Promise<StoredPromotion | null>
  find(id: string): Promise<StoredPromotion | null>
  list(): Promise<StoredPromotion[]>
  /** False when the code is taken. */
  add(promotion: StoredPromotion, hand?: StaffHand | null): Promise<boolean>
  update(id: string, changes: PromotionChanges, hand?: StaffHand | null): Promise<StoredPromotion | null>
  remove(id: string, hand?: StaffHand | null): Promise<boolean>
  /** Reads it so that only one transaction at a time holds it: others start again after this one. */
  lock(code: string, session: Session): Promise<StoredPromotion | null>
}
