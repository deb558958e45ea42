import { MAX_WISHES, type Wishlist } from '@vitrine/contracts/wishlist'
import { notFound } from '@vitrine/kernel/errors'
import type { BrowseService } from './browse.service.ts'
import type { CatalogViews } from './view.service.ts'
import type { WishlistRepository } from './wishlist.repository.ts'

export interface WishlistServiceDeps {
  wishlists: WishlistRepository
  browse: BrowseService
  views: CatalogViews
}

export function createWishlistService({ wishlists, browse, views }: WishlistServiceDeps) {
  /** Products that left the shop are not shown, but come back with them. */
  async function show(userId: string): Promise<Wishlist> {
    const productIds = await wishlists.list(userId)
    if (productIds.length === 0) return { items: [] }
    const { items } = await browse.listByIds(productIds)
    return { items }
  }

  return {
    show,
    async add(userId: string, productId: string): Promise<Wishlist> {
      const view = await views.fresh()
      if (view.listed.get(productId)?.record.status !== 'active') throw notFound('product')
      await wishlists.add(userId, [productId], MAX_WISHES)
      return show(userId)
    },
    async remove(userId: string, productId: string): Promise<Wishlist> {
      await wishlists.remove(userId, productId)
      return show(userId)
    },
    /** Takes over what a guest had kept. Ids nobody knows are left out. Safe to repeat. */
    async merge(userId: string, given: string[]): Promise<Wishlist> {
      const view = await views.fresh()
      const known = [...new Set(given)].filter((id) => view.listed.has(id))
      if (known.length > 0) await wishlists.add(userId, known, MAX_WISHES)
      return show(userId)
    },
  }
}

export type WishlistService = ReturnType<typeof createWishlistService>
