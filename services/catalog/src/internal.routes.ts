import {
  CartHold,
  CartHoldInput,
  Reservation,
  ReservationInput,
  SellableVariants,
} from '@vitrine/contracts/reservations'
import { ok, replies } from '@vitrine/kernel/app'
import { z } from 'zod'
import type { ServiceApp } from './browse.routes.ts'
import type { BrowseService } from './browse.service.ts'
import type { HoldRepository } from './hold.repository.ts'
import type { StockRepository } from './stock.repository.ts'

const OrderId = z.object({ orderId: z.string().max(64) })
const CartId = z.object({ cartId: z.string().min(1).max(80) })
const Skus = z.object({ skus: z.string().max(12_000), cartId: z.string().max(170).optional() })

/** What other services may ask, on the private entry point alone. */
export function internalRoutes(
  app: ServiceApp,
  browse: BrowseService,
  stock: StockRepository,
  holds: HoldRepository,
): void {
  app
    .get(
      '/internal/catalog/variants',
      async ({ query }) => ok(await browse.sellable(query.skus.split(',').filter(Boolean), query.cartId)),
      {
        query: Skus,
        response: replies(SellableVariants),
        callers: ['cart', 'orders'],
      },
    )
    .post('/internal/catalog/reservations', async ({ body, now }) => ok(await stock.reserve(body, now)), {
      body: ReservationInput,
      response: replies(Reservation),
      callers: ['orders'],
    })
    .post(
      '/internal/catalog/reservations/:orderId/release',
      async ({ params, now }) => ok(await stock.release(params.orderId, now)),
      {
        params: OrderId,
        response: replies(Reservation),
        callers: ['orders'],
      },
    )
    .post(
      '/internal/catalog/reservations/:orderId/commit',
      async ({ params, now }) => ok(await stock.commit(params.orderId, null, now)),
      {
        params: OrderId,
        response: replies(Reservation),
        callers: ['orders'],
      },
    )
    .put(
      '/internal/catalog/holds/:cartId',
      async ({ params, body, now }) => ok(await holds.set(params.cartId, body, now)),
      { params: CartId, body: CartHoldInput, response: replies(CartHold), callers: ['cart'] },
    )
}
