import { BaseEnv } from '@vitrine/kernel/env'
import { z } from 'zod'

export const CatalogEnv = BaseEnv.extend({
  /** When stock is held: at checkout, or from the moment something is put into the cart. */
  STOCK_HOLD: z.enum(['checkout', 'cart']).default('checkout'),
  /** A synthetic catalog of this many products (no pictures), for measurements. */
  SEED_PRODUCTS: z.coerce.number().int().min(0).max(1_000_000).default(0),
  /** A second place where composed demo pictures are kept, besides the one beside the installed packages. */
  PICTURE_CACHE: z.string().optional(),
})
export type CatalogEnv = z.infer<typeof CatalogEnv>
