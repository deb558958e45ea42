import type { Clock } from '@vitrine/kernel/clock'
import type { EventHandlers } from '@vitrine/kernel/consumer'
import type { AlertRepository } from './alert.repository.ts'
import type { PurchaseRepository } from './purchase.repository.ts'
import type { ReturnRepository } from './return.repository.ts'
import type { ReviewRepository } from './review.repository.ts'
import type { StockRepository } from './stock.repository.ts'
import type { WishlistRepository } from './wishlist.repository.ts'

export interface CatalogEventDeps {
  stock: StockRepository
  returns: ReturnRepository
  purchases: PurchaseRepository
  reviews: ReviewRepository
  wishlists: WishlistRepository
  alerts: AlertRepository
  clock: Clock
}

/** What the catalog does when something happened elsewhere. */
export const catalogEvents = ({ clock, ...stores }: CatalogEventDeps): EventHandlers => ({
  'order.confirmed': async ({ data: { orderId, customerId, lines } }, session) => {
    const bought = lines.map(({ sku, quantity }) => ({ sku, quantity }))
    await stores.stock.commit(orderId, bought, clock.now(), session)
    if (!customerId) return
    const skus = lines.map(({ sku }) => sku)
    await stores.purchases.add({ userId: customerId, orderId, skus, at: clock.now() }, session)
  },
  'order.expired': async ({ data }, session) => {
    await stores.stock.release(data.orderId, clock.now(), session)
  },
  'order.cancelled': async ({ data }, session) => {
    await stores.stock.takeBack(data.orderId, clock.now(), session)
    await stores.purchases.removeOrder(data.orderId, session)
  },
  'order.returned': async ({ data }, session) => {
    await stores.returns.takeIn(data.orderId, data.lines, clock.now(), session)
  },
  'user.deleted': async ({ data }, session) => {
    await stores.reviews.forgetAuthor(data.userId, session)
    await stores.purchases.removeUser(data.userId, session)
    await stores.wishlists.removeUser(data.userId, session)
    await stores.alerts.removeEmail(data.email, session)
  },
})
