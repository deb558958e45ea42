import type { CheckoutInput, QuoteInput } from '@vitrine/contracts/orders'
import { CheckoutReply, Quote } from '@vitrine/contracts/orders'
import { api, isApiError } from '#app/server/api.server.ts'
import { hasSession } from '#app/server/auth.server.ts'
import { readCookie } from '#app/server/cookies.server.ts'

const ORDERS = '/api/orders'
const ADDRESS_FIELDS = ['name', 'line1', 'line2', 'city', 'region', 'postalCode', 'country', 'phone']
const COUNTRY = /^[A-Z]{2}$/

type Values = Record<string, string>

const cartIdFor = (request: Request) => {
  const cartId = hasSession(request) ? null : readCookie(request, 'cart')
  return cartId === null ? {} : { cartId }
}

const addressOf = (values: Values) =>
  Object.fromEntries(ADDRESS_FIELDS.flatMap((name) => (values[name] ? [[name, values[name]]] : [])))

/** What the cart costs with what is known so far. Only what changes the price is asked about. */
export function loadQuote(request: Request, values: Values = {}): Promise<Quote> {
  const country = values.country?.toUpperCase()
  const input: QuoteInput = {
    ...cartIdFor(request),
    ...(values.shippingMethod ? { shippingMethod: values.shippingMethod } : {}),
    ...(values.promotionCode ? { promotionCode: values.promotionCode } : {}),
    ...(country && COUNTRY.test(country) ? { shippingAddress: { country } } : {}),
  }
  return api(request).post(Quote, `${ORDERS}/quote`, input)
}

/** What the cart would cost delivered to the country asked about (`?country=FR`); null while that cannot be told. */
export async function findEstimate(request: Request): Promise<Quote | null> {
  const country = new URL(request.url).searchParams.get('country')
  try {
    return await loadQuote(request, country ? { country } : {})
  } catch (error) {
    if (isApiError(error)) return null
    throw error
  }
}

/** The flat fields of the form as the contract wants them. */
export const toCheckoutInput = (request: Request) => (values: Values) => ({
  ...cartIdFor(request),
  email: values.email,
  shippingAddress: addressOf(values),
  shippingMethod: values.shippingMethod,
  expectedTotal: { amount: Number(values.expectedAmount), currency: values.expectedCurrency },
})

export const placeOrder = (request: Request, input: CheckoutInput, attemptKey: string): Promise<CheckoutReply> =>
  api(request).post(CheckoutReply, `${ORDERS}/checkout`, input, { idempotencyKey: attemptKey })
