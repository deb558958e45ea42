import type { ActionFunctionArgs, MetaFunction } from '@remix-run/node'
import { data, redirect } from '@remix-run/node'
import { useActionData } from '@remix-run/react'
import { LookupInput, LookupReply } from '@vitrine/contracts/orders'
import { pageMeta } from '#app/features/seo.ts'
import { answering } from '#app/server/answer.server.ts'
import { api, isApiError } from '#app/server/api.server.ts'
import { cookieHeaders } from '#app/server/cookies.server.ts'
import { parseForm, readForm, refusal, refusalOf } from '#app/server/form.server.ts'
import { orderCookie } from '#app/server/order-cookies.server.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { TextField } from '#app/ui/field.tsx'
import { Notice } from '#app/ui/notice.tsx'

const NOT_FOUND = 'There is no order with this number and this e-mail. Both stand in the receipt.'

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  const form = await readForm(request)
  const parsed = parseForm(form, LookupInput)
  if (!parsed.ok) return data(parsed.refusal, { status: 400 })
  try {
    const { order, accessToken } = await api(request).post(LookupReply, '/api/orders/lookup', parsed.data)
    throw redirect(`/checkout/${order.id}`, { status: 303, headers: cookieHeaders(orderCookie(order.id, accessToken)) })
  } catch (error) {
    if (isApiError(error, 'not_found')) return data(refusal(form, NOT_FOUND), { status: 404 })
    return data(refusalOf(form, error), { status: isApiError(error) ? error.status : 400 })
  }
})

export const meta: MetaFunction = () => pageMeta({ title: 'Find an order' })

export default function Lookup() {
  const refused = useActionData<typeof action>()
  return (
    <main id="main" className="wrap page-top">
      <h1>Find an order</h1>
      <form className="stack measure section-s" method="post">
        {refused?.message && (
          <Notice tone="danger" role="alert">
            {refused.message}
          </Notice>
        )}
        <TextField
          name="number"
          label="Order number"
          autoComplete="off"
          defaultValue={refused?.values.number}
          errors={refused?.fields.number}
          hint="It stands in the receipt that we sent."
        />
        <TextField
          name="email"
          label="E-mail"
          type="email"
          autoComplete="email"
          inputMode="email"
          defaultValue={refused?.values.email}
          errors={refused?.fields.email}
        />
        <p>
          <button className={buttonClass({ tone: 'primary', size: 'big' })} type="submit">
            Find the order
          </button>
        </p>
      </form>
    </main>
  )
}
