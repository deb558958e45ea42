import { BaseEnv } from '@vitrine/kernel/env'
import { z } from 'zod'

export const AuthEnv = BaseEnv.extend({
  /** Sign-in attempts by address: `auto` is generous for loopback and private addresses and strict for others. */
  RATE_LIMITS: z.enum(['auto', 'generous', 'strict', 'off']).default('auto').catch('auto'),
})
export type AuthEnv = z.infer<typeof AuthEnv>
