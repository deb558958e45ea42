import type { Answer, Api, BrowserError, BrowserIntent } from './api.ts'
import { fieldErrorOf } from './card.field.rules.ts'
import type { CardForm } from './card.form.ts'
import { runChallenge } from './challenge.dialog.ts'
import { type Elements, integrationError, type StripeElement, validationError } from './elements.ts'
import { type Locale, localisedError } from './locale.rules.ts'

export type IntentResult =
  | { paymentIntent: BrowserIntent; error?: undefined }
  | { paymentIntent?: undefined; error: BrowserError }

interface ConfirmParams {
  return_url?: string
  payment_method?: string
  payment_method_data?: object
  receipt_email?: string
}

export interface ConfirmOptions {
  elements?: Elements
  clientSecret?: string
  confirmParams?: ConfirmParams
  redirect?: 'always' | 'if_required'
}

export interface CardOptions {
  payment_method?: string | { card: StripeElement; billing_details?: object }
  return_url?: string
  receipt_email?: string
}

/** Nested values as Stripe's form names: `a[b]`. */
export function flatten(prefix: string, value: unknown): Record<string, string> {
  if (value === undefined || value === null || value === '') return {}
  if (typeof value !== 'object') return { [prefix]: String(value) }
  return Object.assign({}, ...Object.entries(value).map(([key, child]) => flatten(`${prefix}[${key}]`, child)))
}

export const prefixed = (params: Record<string, string>) =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      `payment_method_data[${name.replace('[', '][').replace(/\]$/, '')}]`,
      value,
    ]),
  )

const failed = (intent: BrowserIntent): BrowserError => ({
  type: 'card_error',
  message: 'This payment did not go through. You were not charged. Try again.',
  ...intent.last_payment_error,
  payment_intent: intent,
})

/** The confirm, challenge and retrieve steps that every call of Stripe.js is made of. */
export function createPayments(api: Api, locale: Locale) {
  const inWords = (error: BrowserError): BrowserError => localisedError(locale, error)

  async function settle(answer: Answer<BrowserIntent>, handleActions = true): Promise<IntentResult> {
    if (answer.error) return { error: inWords(answer.error) }
    const attempt = answer.value.next_action?.use_stripe_sdk?.source
    if (answer.value.status !== 'requires_action' || !attempt || !handleActions) return { paymentIntent: answer.value }
    await runChallenge(api, attempt)
    const after = await api.retrieve(answer.value.client_secret)
    if (after.error) return { error: after.error }
    const isOpen = after.value.status === 'requires_payment_method' || after.value.status === 'requires_action'
    return isOpen ? { error: inWords(failed(after.value)) } : { paymentIntent: after.value }
  }

  /** Puts a bank's answer beside the field it is about. */
  function tell(form: CardForm | undefined, result: IntentResult): IntentResult {
    const fieldError = result.error ? fieldErrorOf(result.error.code, result.error.message) : null
    if (fieldError) form?.showError(fieldError)
    return result
  }

  async function withForm(form: CardForm, clientSecret: string, params: Record<string, string>, handleActions = true) {
    const invalid = form.validate()
    if (invalid) return { error: validationError(invalid) }
    const card = prefixed(form.toParams())
    form.setBusy(true)
    try {
      return tell(form, await settle(await api.confirm(clientSecret, { ...params, ...card }), handleActions))
    } finally {
      form.setBusy(false)
    }
  }

  function redirected(
    result: IntentResult,
    { redirect = 'always', confirmParams }: ConfirmOptions,
  ): Promise<IntentResult> | IntentResult {
    if (!result.paymentIntent || redirect === 'if_required') return result
    const target = new URL(confirmParams?.return_url ?? location.href, location.href)
    target.searchParams.set('payment_intent', result.paymentIntent.id)
    target.searchParams.set('payment_intent_client_secret', result.paymentIntent.client_secret)
    target.searchParams.set('redirect_status', result.paymentIntent.status === 'succeeded' ? 'succeeded' : 'pending')
    location.assign(target.href)
    return new Promise(() => {}) // the page is left, as with Stripe.js
  }

  return {
    async confirmPayment(options: ConfirmOptions): Promise<IntentResult> {
      const { elements, confirmParams = {} } = options
      const clientSecret = options.clientSecret ?? elements?.options().clientSecret
      if (!clientSecret) throw integrationError('confirmPayment() needs a clientSecret.')
      const { payment_method_data, ...rest } = confirmParams
      const params = {
        ...Object.assign({}, ...Object.entries(rest).map(([key, value]) => flatten(key, value))),
        ...flatten('payment_method_data', payment_method_data),
      }
      const form = elements?.cardElement()?.form
      if (!form && !confirmParams.payment_method)
        throw integrationError('confirmPayment() needs elements with a mounted element.')
      const result = form
        ? await withForm(form, clientSecret, params)
        : await settle(await api.confirm(clientSecret, params))
      return redirected(result, options)
    },
    async confirmCardPayment(
      clientSecret: string,
      data: CardOptions = {},
      { handleActions = true } = {},
    ): Promise<IntentResult> {
      const { payment_method: method, return_url, receipt_email } = data
      const params = { ...flatten('return_url', return_url), ...flatten('receipt_email', receipt_email) }
      if (typeof method !== 'object')
        return settle(
          await api.confirm(clientSecret, { ...params, ...flatten('payment_method', method) }),
          handleActions,
        )
      const billing = flatten('payment_method_data[billing_details]', method.billing_details)
      return withForm(method.card.form, clientSecret, { ...params, ...billing }, handleActions)
    },
    async retrievePaymentIntent(clientSecret: string): Promise<IntentResult> {
      const answer = await api.retrieve(clientSecret)
      return answer.error ? { error: answer.error } : { paymentIntent: answer.value }
    },
    handleNextAction: async ({ clientSecret }: { clientSecret: string }) => settle(await api.retrieve(clientSecret)),
    handleCardAction: async (clientSecret: string) => settle(await api.retrieve(clientSecret)),
    async createPaymentMethod({ elements, card }: { elements?: Elements; card?: StripeElement }) {
      const form = card?.form ?? elements?.cardElement()?.form
      if (!form) throw integrationError('createPaymentMethod() needs a card element.')
      const invalid = form.validate()
      if (invalid) return { error: validationError(invalid) }
      const answer = await api.createMethod(form.toParams())
      return answer.error ? { error: answer.error } : { paymentMethod: answer.value }
    },
  }
}
