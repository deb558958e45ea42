/** An error as Stripe.js hands it to the page. */
export interface BrowserError {
  type: string
  message: string
  code?: string
  decline_code?: string
  payment_intent?: BrowserIntent
  setup_intent?: BrowserIntent
}

export interface BrowserIntent {
  id: string
  status: string
  client_secret: string
  next_action: { use_stripe_sdk?: { source?: string } } | null
  last_payment_error?: BrowserError | null
  last_setup_error?: BrowserError | null
}

export type Answer<T> = { value: T; error?: undefined } | { value?: undefined; error: BrowserError }

const UNREACHABLE: BrowserError = {
  type: 'api_connection_error',
  message: 'We could not reach the payment provider. Check your connection and try again. You were not charged.',
}

export const idOfSecret = (clientSecret: string): string => clientSecret.split('_secret_')[0] ?? ''

/** The browser's part of the API: publishable key and client secret, nothing else. */
export function createApi(origin: string, key: string) {
  async function send<T>(method: 'GET' | 'POST', path: string, params: Record<string, string>): Promise<Answer<T>> {
    const form = new URLSearchParams({ ...params, key })
    const url = `${origin}/stripe/v1/${path}`
    try {
      const reply = await (method === 'GET' ? fetch(`${url}?${form}`) : fetch(url, { method, body: form }))
      const body = await reply.json()
      return reply.ok ? { value: body } : { error: body.error }
    } catch {
      return { error: UNREACHABLE }
    }
  }

  return {
    confirm: (clientSecret: string, params: Record<string, string>) =>
      send<BrowserIntent>('POST', `payment_intents/${idOfSecret(clientSecret)}/confirm`, {
        ...params,
        client_secret: clientSecret,
        use_stripe_sdk: 'true',
      }),
    retrieve: (clientSecret: string) =>
      send<BrowserIntent>('GET', `payment_intents/${idOfSecret(clientSecret)}`, { client_secret: clientSecret }),
    confirmSetup: (clientSecret: string, params: Record<string, string>) =>
      send<BrowserIntent>('POST', `setup_intents/${idOfSecret(clientSecret)}/confirm`, {
        ...params,
        client_secret: clientSecret,
        use_stripe_sdk: 'true',
      }),
    retrieveSetup: (clientSecret: string) =>
      send<BrowserIntent>('GET', `setup_intents/${idOfSecret(clientSecret)}`, { client_secret: clientSecret }),
    createMethod: (params: Record<string, string>) => send<{ id: string }>('POST', 'payment_methods', params),
    challengeUrl: (attempt: string) => `${origin}/stripe/challenge?attempt=${encodeURIComponent(attempt)}`,
    async cancelChallenge(attempt: string): Promise<void> {
      const body = new URLSearchParams({ attempt, outcome: 'cancel' })
      // Already answered or unreachable: the intent is read again next and tells.
      await fetch(`${origin}/stripe/challenge`, { method: 'POST', body }).catch(() => undefined)
    },
  }
}

export type Api = ReturnType<typeof createApi>
