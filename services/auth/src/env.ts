import { BaseEnv } from '@vitrine/kernel/env'
import { z } from 'zod'

export const AuthEnv = BaseEnv.extend({
  /** Sign-in attempts by address: `auto` is generous for loopback and private addresses and strict for others. */
  RATE_LIMITS: z.enum(['auto', 'generous', 'strict', 'off']).default('auto').catch('auto'),
  /** Whether staff need a second factor: `required` takes their permissions away until they use one. */
  STAFF_TOTP: z.enum(['optional', 'required']).default('optional'),
  /** After how many days the signing key is followed by another. */
  KEY_ROTATION_DAYS: z.coerce.number().positive().default(30),
})
export type AuthEnv = z.infer<typeof AuthEnv>
