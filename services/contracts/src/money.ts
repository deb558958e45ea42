import { z } from 'zod'

/** ISO 4217 codes the shop can sell in. */
export const Currency = z.enum(['EUR', 'USD'])
export type Currency = z.infer<typeof Currency>

/** An amount in integer minor units (cents) that cannot be negative. */
export const Money = z.strictObject({ amount: z.int().nonnegative().max(99_999_999), currency: Currency })
export type Money = z.infer<typeof Money>
