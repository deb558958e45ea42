import type { StockAlert } from '@vitrine/contracts/inventory'
import type { Clock } from '@vitrine/kernel/clock'
import { conflict, notFound } from '@vitrine/kernel/errors'
import type { AlertRepository } from './alert.repository.ts'
import type { StockRepository } from './stock.repository.ts'
import { recordOf } from './view.rules.ts'
import type { CatalogViews } from './view.service.ts'

const MOST_PER_ADDRESS = 50
const AT_ONCE = 50

export interface AlertServiceDeps {
  alerts: AlertRepository
  stock: StockRepository
  views: CatalogViews
  clock: Clock
}

/** Mails to those who wait for a variant to be back. */
export function createAlertService({ alerts, stock, views, clock }: AlertServiceDeps) {
  return {
    /** The answer is the same whether this address waits already or not. */
    async add(idOrSlug: string, sku: string, email: string): Promise<StockAlert> {
      const record = recordOf(await views.fresh(), idOrSlug)
      const isOurs = record?.status === 'active' && record.variants.some((variant) => variant.sku === sku)
      if (!isOurs) throw notFound('variant')
      const available = (await stock.findMany([sku])).get(sku)?.available ?? 0
      if (available > 0) throw conflict('conflict', 'This is in stock. You can buy it now.', { available })
      await alerts.add({ sku, email, at: clock.now() }, MOST_PER_ADDRESS)
      return { sku, email }
    },
    /** Tells those who wait for what is back. Returns how many were told. */
    async tell(): Promise<number> {
      let told = 0
      const view = await views.fresh()
      for (const sku of await alerts.listAnswerable(AT_ONCE)) {
        const record = view.listed.get(view.idBySku.get(sku) ?? '')?.record
        const variant = record?.variants.find((candidate) => candidate.sku === sku)
        if (!record || !variant) await alerts.remove(sku)
        // A hidden product is not back: those who wait go on waiting.
        if (!variant || record?.status !== 'active') continue
        const { id: productId, slug, title } = record
        const { options, price } = variant
        told += await alerts.answer(sku, { productId, slug, sku, title, options, price })
      }
      return told
    },
  }
}

export type AlertService = ReturnType<typeof createAlertService>
