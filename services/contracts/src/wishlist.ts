import { z } from 'zod'
import { ProductCard } from './catalog.ts'

export const MAX_WISHES = 100

/** What a person keeps for later, newest first. */
export const Wishlist = z.object({ items: z.array(ProductCard) })
export type Wishlist = z.infer<typeof Wishlist>

/** POST /wishlist/merge: what the browser of a guest had kept, newest first. */
export const WishlistMerge = z.strictObject({ productIds: z.array(z.string().min(1).max(64)).max(MAX_WISHES) })
export type WishlistMerge = z.infer<typeof WishlistMerge>
