import { BaseEnv } from '@vitrine/kernel/env'
import { z } from 'zod'

export const SandboxEnv = BaseEnv.pick({ NODE_ENV: true, MONGO_URL: true, PUBLIC_URL: true }).extend({
  PORT: z.coerce.number().int().min(0).max(65535).default(12111),
  /** Set means real Stripe is in use, and the sandbox has no business running. */
  STRIPE_SECRET_KEY: z.string().optional(),
})
