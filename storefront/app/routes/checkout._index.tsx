import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react'
import type { SavedAddress } from '@vitrine/contracts/auth'
import { Money } from '@vitrine/contracts/money'
import { CheckoutInput, type Quote } from '@vitrine/contracts/orders'
import { type FormEvent, useRef } from 'react'
import { CheckoutForm } from '#app/features/checkout/checkout-form.tsx'
import { FoldedSum, SideSum } from '#app/features/checkout/order-sum.tsx'
import { priceChangeOf } from '#app/features/checkout/price-change.ts'
import { PriceChangeNotice } from '#app/features/checkout/price-change-notice.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { formatMoney } from '#app/format.ts'
import type { RouteHandle } from '#app/root.tsx'
import { answering } from '#app/server/answer.server.ts'
import { isApiError } from '#app/server/api.server.ts'
import { hasSession } from '#app/server/auth.server.ts'
import { addressProblems, loadQuote, placeOrder, toCheckoutInput } from '#app/server/checkout.server.ts'
import { keepAddress, knownValues, listSavedAddresses, withChosenAddress } from '#app/server/checkout-values.server.ts'
import { cookieHeaders } from '#app/server/cookies.server.ts'
import type { Refusal } from '#app/server/form.server.ts'
import { formValues, parseForm, readForm, refusalOf } from '#app/server/form.server.ts'
import { checkedOutCookie, orderCookie } from '#app/server/order-cookies.server.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { useFirstErrorFocus } from '#app/ui/field-check.ts'
import { Notice } from '#app/ui/notice.tsx'

export const handle: RouteHandle = { hydrate: true, shell: 'checkout' }

type Values = Record<string, string>

const newAttempt = () => crypto.randomUUID()

/** A saved address that is used first counts in the first total. */
const firstCountry = (saved: SavedAddress[]) => (saved.find((one) => one.isDefault) ?? saved[0])?.country

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  try {
    const [values, saved] = await Promise.all([knownValues(request), listSavedAddresses(request)])
    const country = values.country ?? firstCountry(saved)
    const quote = await loadQuote(request, { ...values, ...(country ? { country } : {}) })
    if (quote.lines.length === 0) throw redirect('/cart', 303)
    return { quote, values, saved, attemptKey: newAttempt(), isSignedIn: hasSession(request) }
  } catch (error) {
    if (isApiError(error, 'invalid_input', 'conflict', 'not_found', 'out_of_stock')) throw redirect('/cart', 303)
    throw error
  }
})

/** The form again with today's price. A definite answer ends the attempt; an unclear one may be sent again. */
async function showAgain(request: Request, refused: Refusal, priced: Values, status: number, isOtherPrice = false) {
  const quote = await loadQuote(request, priced)
  const { attempt, expectedAmount, expectedCurrency, shownPrices = '' } = refused.values
  const total = Money.safeParse({ amount: Number(expectedAmount), currency: expectedCurrency })
  const change = isOtherPrice && total.success ? priceChangeOf({ total: total.data, prices: shownPrices }, quote) : null
  return data({ ...refused, quote, change, attemptKey: status === 503 && attempt ? attempt : newAttempt() }, { status })
}

async function place(request: Request, input: CheckoutInput, values: Values): Promise<never> {
  const { order, accessToken } = await placeOrder(request, input, values.attempt ?? newAttempt())
  await keepAddress(request, values, input.shippingAddress)
  throw redirect(`/checkout/${order.id}`, {
    status: 303,
    headers: cookieHeaders(orderCookie(order.id, accessToken), checkedOutCookie(order.id)),
  })
}

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  const form = await readForm(request)
  const values = formValues(form)
  const chosen = await withChosenAddress(request, values)
  const toInput = toCheckoutInput(request)
  if (form.get('intent') === 'update') return showAgain(request, { message: null, fields: {}, values }, chosen, 200)
  const parsed = parseForm(form, CheckoutInput, () => toInput(chosen))
  if (!parsed.ok) return showAgain(request, parsed.refusal, chosen, 400)
  const fields = addressProblems(parsed.data)
  if (Object.keys(fields).length > 0) return showAgain(request, { message: null, fields, values }, chosen, 400)
  try {
    return await place(request, parsed.data, chosen)
  } catch (error) {
    if (isApiError(error, 'price_changed')) {
      return showAgain(request, { message: null, fields: {}, values }, chosen, 409, true)
    }
    return showAgain(request, refusalOf(form, error), chosen, isApiError(error) ? error.status : 400)
  }
})

export const meta: MetaFunction = () => pageMeta({ title: 'Checkout', isHidden: true })

/** The country the form delivers to: of the saved address that is ticked, or of the one typed in. */
function countryIn(form: HTMLFormElement): string {
  const saved = form.querySelector<HTMLInputElement>('input[name=addressId]:checked')?.dataset.country
  return saved ?? String(new FormData(form).get('country') ?? '')
}

/** Asks for the new total when something was chosen that changes it; without a script a button does. */
function useRepricing({ country, shippingMethod }: Quote) {
  const submit = useSubmit()
  const priced = useRef(`${country} ${shippingMethod}`)
  return ({ target, currentTarget }: FormEvent<HTMLFormElement>) => {
    if (!(target instanceof HTMLSelectElement || target instanceof HTMLInputElement)) return
    if (!['country', 'addressId', 'shippingMethod'].includes(target.name)) return
    const form = new FormData(currentTarget)
    // Choosing again what the total already counts with asks nothing.
    const wanted = `${countryIn(currentTarget)} ${form.get('shippingMethod')}`
    if (wanted === priced.current) return
    priced.current = wanted
    form.set('intent', 'update')
    submit(form, { method: 'post', replace: true, preventScrollReset: true })
  }
}

export default function Checkout() {
  const loaded = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const navigation = useNavigation()
  const quote = refused?.quote ?? loaded.quote
  const reprice = useRepricing(quote)
  const isBusy = navigation.formData?.get('intent') === 'place'
  useFirstErrorFocus(refused)
  const shippingName = quote.shippingMethods.find((method) => method.id === quote.shippingMethod)?.name
  return (
    <div className="pay-page">
      <div className="wrap pay">
        <main id="main" className="pay__form">
          <h1>Checkout</h1>
          <FoldedSum sum={quote} shippingName={shippingName} />
          {refused?.change && <PriceChangeNotice change={refused.change} form="checkout" />}
          {refused?.message && (
            <Notice tone="warning" role="alert">
              {refused.message}
            </Notice>
          )}
          {quote.promotionProblem && <Notice tone="info">{quote.promotionProblem}</Notice>}
          <Form method="post" id="checkout" onChange={reprice}>
            <CheckoutForm
              quote={quote}
              values={refused?.values ?? loaded.values}
              errors={refused?.fields ?? {}}
              attemptKey={refused?.attemptKey ?? loaded.attemptKey}
              saved={loaded.saved}
              isSignedIn={loaded.isSignedIn}
              isBusy={isBusy}
            />
          </Form>
        </main>
        <SideSum sum={quote} shippingName={shippingName}>
          <p>
            <a className="small" href="/cart">
              {quote.promotion ? 'Change the discount code' : 'Add a discount code'}
            </a>
          </p>
          <button
            className={buttonClass({ size: 'big', isBlock: true })}
            type="submit"
            form="checkout"
            name="intent"
            value="place"
            aria-busy={isBusy || undefined}
          >
            Continue to payment, {formatMoney(quote.total)}
          </button>
        </SideSum>
      </div>
    </div>
  )
}
