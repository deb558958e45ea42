import { BaseEnv } from '@vitrine/kernel/env'
import { z } from 'zod'

export const CartEnv = BaseEnv.extend({
  /** When stock is held: at checkout, or from the moment something is put into the cart. */
  STOCK_HOLD: z.enum(['checkout', 'cart']).default('checkout'),
  /** How long a cart holds stock after its last change; fractions are allowed. */
  STOCK_HOLD_MINUTES: z.coerce.number().positive().max(1440).default(15),
})
export type CartEnv = z.infer<typeof CartEnv>
