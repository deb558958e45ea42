import { BaseEnv } from '@vitrine/kernel/env'
import { z } from 'zod'

export const OrdersEnv = BaseEnv.extend({
  /** How long a pending order holds its stock; fractions are allowed. */
  STOCK_HOLD_MINUTES: z.coerce.number().positive().max(1440).default(15),
  /** Whether catalog prices contain tax; otherwise it is added on top. */
  TAX_INCLUDED: z.stringbool().default(true),
  /** Where the shop sells from: the country of a quote without an address. */
  SHOP_COUNTRY: z.string().length(2).default('DE'),
})
export type OrdersEnv = z.infer<typeof OrdersEnv>
