import { BaseEnv } from '@vitrine/kernel/env'
import { z } from 'zod'

export const PaymentEnv = BaseEnv.extend({
  /** Unset: the sandbox is used. */
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_/)
    .optional(),
  STRIPE_PUBLISHABLE_KEY: z
    .string()
    .regex(/^pk_(test|live)_/)
    .optional(),
  STRIPE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_/)
    .optional(),
  SANDBOX_URL: z.url().default('http://127.0.0.1:12111'),
  SANDBOX_SECRET_KEY: z
    .string()
    .regex(/^sk_test_/)
    .default('sk_test_vitrine_local'),
})
export type PaymentEnv = z.infer<typeof PaymentEnv>
