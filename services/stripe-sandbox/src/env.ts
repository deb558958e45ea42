import { BaseEnv } from '@vitrine/kernel/env'
import { z } from 'zod'

export const SandboxEnv = BaseEnv.pick({ NODE_ENV: true }).extend({
  PORT: z.coerce.number().int().min(0).max(65535).default(12111),
  HOST: z.string().optional(),
  PUBLIC_URL: z.url().optional(),
  MONGO_URL: z.string().optional(),
  /** `memory`, a file, or a MongoDB address; without one `MONGO_URL`, and without that memory. */
  SANDBOX_STORE: z.string().optional(),
  /** Set means real Stripe is in use, and the sandbox has no business running. */
  STRIPE_SECRET_KEY: z.string().optional(),
  /** Be there and do nothing: how containers go without it. */
  STAND_ASIDE: z.stringbool().default(false),
})
