import { Wishlist, WishlistMerge } from '@vitrine/contracts/wishlist'
import { ok, replies } from '@vitrine/kernel/app'
import { z } from 'zod'
import type { ServiceApp } from './browse.routes.ts'
import { personOf } from './editor.routes.ts'
import type { WishlistService } from './wishlist.service.ts'

const Id = z.object({ productId: z.string().max(64) })

export function wishlistRoutes(app: ServiceApp, wishlists: WishlistService): void {
  const path = '/api/catalog/wishlist'
  const common = { signedIn: true, response: replies(Wishlist) }
  app
    .get(path, async (context) => ok(await wishlists.show(personOf(context).userId)), {
      ...common,
      detail: { summary: 'What one keeps for later' },
    })
    .put(
      `${path}/:productId`,
      async (context) => ok(await wishlists.add(personOf(context).userId, context.params.productId)),
      { ...common, params: Id, detail: { summary: 'Keep a product for later' } },
    )
    .delete(
      `${path}/:productId`,
      async (context) => ok(await wishlists.remove(personOf(context).userId, context.params.productId)),
      { ...common, params: Id, detail: { summary: 'Keep a product no longer' } },
    )
    .post(
      `${path}/merge`,
      async (context) => ok(await wishlists.merge(personOf(context).userId, context.body.productIds)),
      { ...common, body: WishlistMerge, detail: { summary: 'Take over what a guest had kept, after sign-in' } },
    )
}
