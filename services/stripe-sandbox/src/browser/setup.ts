import type { Answer, Api, BrowserError, BrowserIntent } from './api.ts'
import { runChallenge } from './challenge.dialog.ts'
import { type Elements, integrationError, type StripeElement, validationError } from './elements.ts'
import { type Locale, localisedError } from './locale.rules.ts'
import { flatten, prefixed } from './payment.ts'

export type SetupResult =
  | { setupIntent: BrowserIntent; error?: undefined }
  | { setupIntent?: undefined; error: BrowserError }

interface SetupOptions {
  elements?: Elements
  clientSecret?: string
  confirmParams?: { return_url?: string; payment_method?: string }
  redirect?: 'always' | 'if_required'
}

/** The calls of Stripe.js that keep a card for later. */
export function createSetups(api: Api, locale: Locale) {
  async function settle(answer: Answer<BrowserIntent>): Promise<SetupResult> {
    if (answer.error) return { error: localisedError(locale, answer.error) }
    const attempt = answer.value.next_action?.use_stripe_sdk?.source
    if (answer.value.status !== 'requires_action' || !attempt) return { setupIntent: answer.value }
    await runChallenge(api, attempt)
    const after = await api.retrieveSetup(answer.value.client_secret)
    if (after.error) return { error: after.error }
    if (after.value.status === 'succeeded') return { setupIntent: after.value }
    const message = 'Your card could not be kept. Nothing was charged. Try again.'
    const error = { type: 'card_error', message, ...after.value.last_setup_error, setup_intent: after.value }
    return { error: localisedError(locale, error) }
  }

  async function confirm(
    clientSecret: string,
    element: StripeElement | null,
    params: Record<string, string>,
  ): Promise<SetupResult> {
    const invalid = element?.form.validate()
    if (invalid) return { error: validationError(invalid) }
    const card = element ? prefixed(element.form.toParams()) : {}
    return settle(await api.confirmSetup(clientSecret, { ...params, ...card }))
  }

  return {
    async confirmSetup(options: SetupOptions): Promise<SetupResult> {
      const { elements, confirmParams = {}, redirect = 'always' } = options
      const clientSecret = options.clientSecret ?? elements?.options().clientSecret
      if (!clientSecret) throw integrationError('confirmSetup() needs a clientSecret.')
      const params = Object.assign({}, ...Object.entries(confirmParams).map(([key, value]) => flatten(key, value)))
      const result = await confirm(clientSecret, elements?.cardElement() ?? null, params)
      if (!result.setupIntent || redirect === 'if_required' || !confirmParams.return_url) return result
      const target = new URL(confirmParams.return_url, location.href)
      target.searchParams.set('setup_intent', result.setupIntent.id)
      target.searchParams.set('setup_intent_client_secret', result.setupIntent.client_secret)
      target.searchParams.set('redirect_status', 'succeeded')
      location.assign(target.href)
      return new Promise(() => {}) // the page is left, as with Stripe.js
    },
    async confirmCardSetup(
      clientSecret: string,
      { payment_method: method }: { payment_method?: string | { card: StripeElement } } = {},
    ): Promise<SetupResult> {
      if (typeof method === 'object') return confirm(clientSecret, method.card, {})
      return confirm(clientSecret, null, flatten('payment_method', method))
    },
    async retrieveSetupIntent(clientSecret: string): Promise<SetupResult> {
      const answer = await api.retrieveSetup(clientSecret)
      return answer.error ? { error: answer.error } : { setupIntent: answer.value }
    },
  }
}
