import type { Clock } from '@vitrine/kernel/clock'
import type { EventHandlers } from '@vitrine/kernel/consumer'
import type { ReturnRepository } from './return.repository.ts'
import type { StockRepository } from './stock.repository.ts'

/** What the catalog does when something happened elsewhere. */
export const catalogEvents = ({
  stock,
  returns,
  clock,
}: {
  stock: StockRepository
  returns: ReturnRepository
  clock: Clock
}): EventHandlers => ({
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
  'order.returned': async ({ data }, session) => {
    await returns.takeIn(data.orderId, data.lines, clock.now(), session)
  },
})
