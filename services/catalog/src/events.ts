import type { Clock } from '@vitrine/kernel/clock'
import type { EventHandlers } from '@vitrine/kernel/consumer'
import type { PurchaseRepository } from './purchase.repository.ts'
import type { ReturnRepository } from './return.repository.ts'
import type { ReviewRepository } from './review.repository.ts'
import type { StockRepository } from './stock.repository.ts'

export interface CatalogEventDeps {
  stock: StockRepository
  returns: ReturnRepository
  purchases: PurchaseRepository
  reviews: ReviewRepository
  clock: Clock
}

/** What the catalog does when something happened elsewhere. */
export const catalogEvents = ({ stock, returns, purchases, reviews, clock }: CatalogEventDeps): EventHandlers => ({
  'order.confirmed': async ({ data: { orderId, customerId, lines } }, session) => {
    const bought = lines.map(({ sku, quantity }) => ({ sku, quantity }))
    await stock.commit(orderId, bought, clock.now(), session)
    if (!customerId) return
    const skus = lines.map(({ sku }) => sku)
    await purchases.add({ userId: customerId, orderId, skus, at: clock.now() }, session)
  },
  'order.expired': async ({ data }, session) => {
    await stock.release(data.orderId, clock.now(), session)
  },
  'order.cancelled': async ({ data }, session) => {
    await stock.takeBack(data.orderId, clock.now(), session)
    await purchases.removeOrder(data.orderId, session)
  },
  'order.returned': async ({ data }, session) => {
    await returns.takeIn(data.orderId, data.lines, clock.now(), session)
  },
  'user.deleted': async ({ data }, session) => {
    await reviews.forgetAuthor(data.userId, session)
    await purchases.removeUser(data.userId, session)
  },
})
