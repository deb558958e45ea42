import type { ShopRates, ShopRatesInput } from '@vitrine/contracts/shipping'
import { conflict, invalidInput } from '@vitrine/kernel/errors'
import type { StaffHand } from '@vitrine/kernel/staff-act'
import type { RatesRepository } from './rates.repository.ts'
import { DEFAULT_ZONES, zoneProblems } from './shipping.rules.ts'
import { DEFAULT_TAX } from './tax.rules.ts'

/** What delivery and tax cost: as stored, else as a new shop has it. */
export function createRatesService({ rates, taxIncluded }: { rates: RatesRepository; taxIncluded: boolean }) {
  const get = async (): Promise<ShopRates> =>
    (await rates.find()) ?? { zones: DEFAULT_ZONES, taxPermille: DEFAULT_TAX, taxIncluded, version: 0 }

  return {
    get,
    async save(input: ShopRatesInput, hand?: StaffHand | null): Promise<ShopRates> {
      const problems = zoneProblems(input.zones)
      if (problems) throw invalidInput(problems)
      if (await rates.save(input, hand)) return get()
      throw conflict('version_conflict', 'Somebody else changed this meanwhile. Look at it again.', {
        version: (await get()).version,
      })
    },
  }
}

export type RatesService = ReturnType<typeof createRatesService>
