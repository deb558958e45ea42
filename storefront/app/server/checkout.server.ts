import type { Address } from '@vitrine/contracts/address'
import type { CheckoutInput, QuoteInput } from '@vitrine/contracts/orders'
import { CheckoutReply, Quote } from '@vitrine/contracts/orders'
import { postalProblems } from '#app/features/checkout/postal-rules.ts'
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

const addressOf = (values: Values, prefix = '') =>
  Object.fromEntries(
    ADDRESS_FIELDS.flatMap((name) => {
      const value = values[`${prefix}${name}`]
      return value ? [[name, value]] : []
    }),
  )

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

/** Only a form that asked about the bill can want it elsewhere. */
const billingOf = (values: Values) =>
  values.billingAsked && !values.billingSame ? { billingAddress: addressOf(values, 'billing.') } : {}

/** The flat fields of the form as the contract wants them. */
export const toCheckoutInput = (request: Request) => (values: Values) => ({
  ...cartIdFor(request),
  email: values.email,
  shippingAddress: addressOf(values),
  ...billingOf(values),
  shippingMethod: values.shippingMethod,
  expectedTotal: { amount: Number(values.expectedAmount), currency: values.expectedCurrency },
})

/** What no post would deliver, by field of the contract. */
export function addressProblems({ shippingAddress, billingAddress }: CheckoutInput): Record<string, string[]> {
  const of = (name: string, address: Address | undefined) =>
    Object.entries(address ? postalProblems(address) : {}).map(([field, said]) => [`${name}.${field}`, said])
  return Object.fromEntries([...of('shippingAddress', shippingAddress), ...of('billingAddress', billingAddress)])
}

export const placeOrder = (request: Request, input: CheckoutInput, attemptKey: string): Promise<CheckoutReply> =>
  api(request).post(CheckoutReply, `${ORDERS}/checkout`, input, { idempotencyKey: attemptKey })
