import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data, redirect } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation, useSubmit } from '@remix-run/react'
import { SavedAddresses } from '@vitrine/contracts/auth'
import { CheckoutInput, type Quote } from '@vitrine/contracts/orders'
import { type FormEvent, useRef } from 'react'
import { CheckoutForm } from '#app/features/checkout/checkout-form.tsx'
import { FoldedSum, SideSum } from '#app/features/checkout/order-sum.tsx'
import { pageMeta } from '#app/features/seo.ts'
import type { RouteHandle } from '#app/root.tsx'
import { answering } from '#app/server/answer.server.ts'
import { api, isApiError } from '#app/server/api.server.ts'
import { findUser, hasSession } from '#app/server/auth.server.ts'
import { loadQuote, placeOrder, toCheckoutInput } from '#app/server/checkout.server.ts'
import { cookieHeaders } from '#app/server/cookies.server.ts'
import type { Refusal } from '#app/server/form.server.ts'
import { formValues, parseForm, refusalOf } from '#app/server/form.server.ts'
import { checkedOutCookie, orderCookie } from '#app/server/order-cookies.server.ts'
import { Notice } from '#app/ui/notice.tsx'

export const handle: RouteHandle = { hydrate: true, shell: 'checkout' }

const newAttempt = () => crypto.randomUUID()

async function knownValues(request: Request): Promise<Record<string, string>> {
  if (!hasSession(request)) return {}
  const [user, saved] = await Promise.all([
    findUser(request),
    api(request)
      .get(SavedAddresses, '/api/auth/addresses')
      .catch(() => null),
  ])
  const address = saved?.items.find((one) => one.isDefault) ?? saved?.items[0]
  const { name, line1, postalCode, city, country, phone } = address ?? {}
  const values = { email: user?.email, name: name ?? user?.name, line1, postalCode, city, country, phone }
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1])))
}

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  try {
    const values = await knownValues(request)
    const quote = await loadQuote(request, values.country ? { country: values.country } : {})
    if (quote.lines.length === 0) throw redirect('/cart', 303)
    return { quote, values, attemptKey: newAttempt(), isSignedIn: hasSession(request) }
  } catch (error) {
    if (isApiError(error, 'invalid_input', 'conflict', 'not_found', 'out_of_stock')) throw redirect('/cart', 303)
    throw error
  }
})

/** The form again with today's price. A definite answer ends the attempt; an unclear one may be sent again. */
async function showAgain(request: Request, form: FormData, refused: Refusal, status: number) {
  const quote = await loadQuote(request, formValues(form))
  const attempt = String(form.get('attempt') ?? '')
  return data({ ...refused, quote, attemptKey: status === 503 && attempt ? attempt : newAttempt() }, { status })
}

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  const form = await request.formData()
  const values = formValues(form)
  if (form.get('intent') === 'update') return showAgain(request, form, { message: null, fields: {}, values }, 200)
  const parsed = parseForm(form, CheckoutInput, toCheckoutInput(request))
  if (!parsed.ok) return showAgain(request, form, parsed.refusal, 400)
  try {
    const { order, accessToken } = await placeOrder(request, parsed.data, values.attempt ?? newAttempt())
    throw redirect(`/checkout/${order.id}`, {
      status: 303,
      headers: cookieHeaders(orderCookie(order.id, accessToken), checkedOutCookie(order.id)),
    })
  } catch (error) {
    const refused = isApiError(error, 'price_changed')
      ? { message: 'The total is another one now. Look at it and continue.', fields: {}, values }
      : refusalOf(form, error)
    return showAgain(request, form, refused, isApiError(error) ? error.status : 400)
  }
})

export const meta: MetaFunction = () => pageMeta({ title: 'Checkout', isHidden: true })

/** Asks for the new total when something was chosen that changes it; without a script a button does. */
function useRepricing({ country, shippingMethod }: Quote) {
  const submit = useSubmit()
  const priced = useRef<Record<string, string>>({ country, shippingMethod })
  return ({ target, currentTarget }: FormEvent<HTMLFormElement>) => {
    if (!(target instanceof HTMLSelectElement || target instanceof HTMLInputElement)) return
    // Choosing again what the total already counts with asks nothing.
    if (!(target.name in priced.current) || priced.current[target.name] === target.value) return
    priced.current[target.name] = target.value
    const form = new FormData(currentTarget)
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
  const shippingName = quote.shippingMethods.find((method) => method.id === quote.shippingMethod)?.name
  return (
    <div className="pay-page">
      <div className="wrap pay">
        <main id="main" className="pay__form">
          <h1>Checkout</h1>
          <FoldedSum sum={quote} shippingName={shippingName} />
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
              isSignedIn={loaded.isSignedIn}
              isBusy={navigation.state === 'submitting'}
            />
          </Form>
        </main>
        <SideSum sum={quote} shippingName={shippingName} />
      </div>
    </div>
  )
}
