import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Invoice, PrintButton } from '#app/features/orders/sheets.tsx'
import { pageMeta } from '#app/features/seo.ts'
import type { RouteHandle } from '#app/root.tsx'
import { answering, problem } from '#app/server/answer.server.ts'
import { isApiError } from '#app/server/api.server.ts'
import { loadOrder } from '#app/server/order.server.ts'

export const handle: RouteHandle = { hydrate: true }

export const meta: MetaFunction<typeof loader> = ({ data: order }) =>
  pageMeta({ title: `Invoice ${order?.number ?? ''}`, isHidden: true })

/** The buyer's own invoice: signed in, or with the browser that ordered. */
export const loader = answering(async ({ request, params }: LoaderFunctionArgs) => {
  const order = await loadOrder(request, params.orderId ?? '').catch((error: unknown) => {
    if (isApiError(error, 'unauthenticated')) throw redirect('/orders/lookup', 303)
    throw error
  })
  if (order.paymentStatus === 'unpaid') problem(request, 404, 'not_found', 'An order that was not paid has no invoice.')
  return order
})

export default function InvoicePage() {
  const order = useLoaderData<typeof loader>()
  return (
    <main id="main" className="wrap page-top">
      <div className="row row--between no-print">
        <a href={`/checkout/${order.id}`}>Back to the order</a>
        <PrintButton />
      </div>
      <Invoice order={order} />
    </main>
  )
}
