import type { PaymentConfig } from '@vitrine/contracts/payments'
import type { PaymentEnv } from './env.ts'

/** How this installation reaches Stripe. Decided once, from the environment. */
export interface StripeSettings {
  secretKey: string
  /** Where the sandbox answers, or null for Stripe itself. */
  sandboxUrl: string | null
  /** Known ahead with real Stripe; with the sandbox it comes from registering the endpoint. */
  webhookSecret: string | null
  isLive: boolean
  /** How long one try of a call may take, in milliseconds; 5,000 unless told. */
  timeoutMs?: number
  config: PaymentConfig
}

/** The sandbox derives publishable keys the same way. */
export const publishableKeyOf = (secretKey: string) =>
  `pk_test_${new Bun.CryptoHasher('sha256').update(secretKey).digest('hex').slice(0, 32)}`

type Names =
  | 'STRIPE_SECRET_KEY'
  | 'STRIPE_PUBLISHABLE_KEY'
  | 'STRIPE_WEBHOOK_SECRET'
  | 'SANDBOX_URL'
  | 'SANDBOX_SECRET_KEY'

export function stripeSettings(env: Pick<PaymentEnv, Names>): StripeSettings {
  if (!env.STRIPE_SECRET_KEY) {
    const publishableKey = publishableKeyOf(env.SANDBOX_SECRET_KEY)
    return {
      secretKey: env.SANDBOX_SECRET_KEY,
      sandboxUrl: env.SANDBOX_URL,
      webhookSecret: null,
      isLive: false,
      config: { mode: 'sandbox', publishableKey, scriptUrl: '/stripe/js' },
    }
  }
  const isLive = env.STRIPE_SECRET_KEY.includes('_live_')
  if (!env.STRIPE_PUBLISHABLE_KEY || !env.STRIPE_WEBHOOK_SECRET) {
    throw new Error('With STRIPE_SECRET_KEY, set STRIPE_PUBLISHABLE_KEY and STRIPE_WEBHOOK_SECRET too.')
  }
  if (env.STRIPE_PUBLISHABLE_KEY.startsWith('pk_live_') !== isLive) {
    throw new Error('STRIPE_SECRET_KEY and STRIPE_PUBLISHABLE_KEY belong to different modes.')
  }
  return {
    secretKey: env.STRIPE_SECRET_KEY,
    sandboxUrl: null,
    webhookSecret: env.STRIPE_WEBHOOK_SECRET,
    isLive,
    config: {
      mode: isLive ? 'live' : 'test',
      publishableKey: env.STRIPE_PUBLISHABLE_KEY,
      scriptUrl: 'https://js.stripe.com/v3/',
    },
  }
}
