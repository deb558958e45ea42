import type { Clock } from '@vitrine/kernel/clock'
import type { EventHandlers } from '@vitrine/kernel/consumer'
import type { StockRepository } from './stock.repository.ts'

/** What the catalog does when something happened elsewhere. */
export const catalogEvents = ({ stock, clock }: { stock: StockRepository; clock: Clock }): EventHandlers => ({
  'order.confirmed': async ({ data }, session) => {
    const lines = data.lines.map(({ sku, quantity }) => ({ sku, quantity }))
    await stock.commit(data.orderId, lines, clock.now(), session)
  },
  'order.expired': async ({ data }, session) => {
    await stock.release(data.orderId, clock.now(), session)
  },
  'order.cancelled': async ({ data }, session) => {
    await stock.takeBack(data.orderId, clock.now(), session)
  },
})
