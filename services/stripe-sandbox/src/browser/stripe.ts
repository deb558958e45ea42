import { createApi } from './api.ts'
import { createElements, type ElementsOptions, integrationError } from './elements.ts'
import { localeOf } from './locale.rules.ts'
import { createPayments } from './payment.ts'
import { createSetups } from './setup.ts'

// The drop-in for Stripe.js: the page's code is the same with either.
const script = document.currentScript
const origin = script instanceof HTMLScriptElement && script.src ? new URL(script.src).origin : location.origin

function Stripe(publishableKey: string, { locale }: { locale?: string } = {}) {
  if (!/^pk_test_\w+$/.test(publishableKey)) {
    throw integrationError('The test sandbox needs a publishable key that starts with pk_test_.')
  }
  return {
    ...createPayments(createApi(origin, publishableKey), localeOf(locale)),
    ...createSetups(createApi(origin, publishableKey), localeOf(locale)),
    elements: (options?: ElementsOptions) => createElements(options, locale),
    /** There for those who only look whether this is Stripe.js, as its components for React do. */
    async createToken() {
      throw integrationError('The test sandbox makes no tokens. Use createPaymentMethod().')
    },
    registerAppInfo: () => undefined,
    _registerWrapper: () => undefined,
  }
}

Object.assign(window, { Stripe: Object.assign(Stripe, { version: 'sandbox' }) })
