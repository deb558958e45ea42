import type { ShopRates } from '@vitrine/contracts/shipping'
import type { StaffHand } from '@vitrine/kernel/staff-act'

export interface RatesRepository {
  /** Null until somebody has changed them. */
  find(): Promise<ShopRates | null>
  /** False when another change was faster than `rates.version`. */
  save(rates: ShopRates, hand?: StaffHand | null): Promise<boolean>
}
