import type { InventoryList, MovementInput, MovementList, Stock } from '@vitrine/contracts/inventory'
import type { Clock } from '@vitrine/kernel/clock'
import { notFound } from '@vitrine/kernel/errors'
import type { Editor } from './edit.ts'
import type { HoldRepository } from './hold.repository.ts'
import { thumbnailOf } from './picture.rules.ts'
import type { StockRepository } from './stock.repository.ts'
import type { CatalogViews } from './view.service.ts'

interface Paging {
  limit: number
  cursor: string | null
}

/** How long after its expiry a hold is given back even when no order speaks up any more. */
const SWEEP_AFTER_MS = 10 * 60_000

export function createInventoryService({
  stock,
  holds,
  views,
  clock,
}: {
  stock: StockRepository
  holds: HoldRepository
  views: CatalogViews
  clock: Clock
}) {
  async function get(sku: string): Promise<Stock> {
    const level = (await stock.findMany([sku])).get(sku)
    if (!level) throw notFound('SKU')
    return level
  }

  return {
    get,
    async list({ lowAt, ...paging }: Paging & { lowAt: number | null }): Promise<InventoryList> {
      const [view, page] = await Promise.all([views.fresh(), stock.list({ lowAt, ...paging })])
      const items = page.items.map((level) => {
        const record = view.listed.get(view.idBySku.get(level.sku) ?? '')?.record
        const variant = record?.variants.find((candidate) => candidate.sku === level.sku)
        const picture = record?.pictures.find(({ id }) => variant?.pictureIds.includes(id)) ?? record?.pictures[0]
        const { id: productId = '', slug = '', title = '' } = record ?? {}
        return { ...level, productId, slug, title, options: variant?.options ?? {}, picture: thumbnailOf(picture) }
      })
      return { ...page, items }
    },
    move: (sku: string, movement: MovementInput, editor: Editor): Promise<Stock> =>
      stock.move(sku, movement, { ...editor, at: clock.now() }),
    async movements(sku: string, paging: Paging): Promise<MovementList> {
      await get(sku)
      return stock.listMovements(sku, paging)
    },
    /** Ends holds of carts whose time is over, and, as a backstop, those that no order ended. Returns how many. */
    async sweep(): Promise<number> {
      const now = clock.now()
      const ended = await holds.releaseExpired(now)
      const overdue = await stock.listOverdue(new Date(now.getTime() - SWEEP_AFTER_MS))
      for (const orderId of overdue) await stock.release(orderId, now)
      return overdue.length + ended
    },
  }
}

export type InventoryService = ReturnType<typeof createInventoryService>
