import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { BackLink } from '#app/features/admin-shell/page-parts.tsx'
import { Invoice, PrintButton } from '#app/features/orders/sheets.tsx'
import { answering, problem } from '#app/server/answer.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { loadOrder } from '#app/server/order.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `Invoice ${loaded?.number ?? ''}, Vitrine admin` },
]

export const loader = answering(async ({ request, params }: LoaderFunctionArgs) => {
  await requirePermission(request, 'orders:read')
  const order = await loadOrder(request, params.id ?? '')
  if (order.paymentStatus === 'unpaid') problem(request, 404, 'not_found', 'An order that was not paid has no invoice.')
  return order
})

export default function InvoicePage() {
  const order = useLoaderData<typeof loader>()
  return (
    <>
      <div className="row row--between no-print">
        <BackLink to={`/admin/orders/${order.id}`}>Order {order.number}</BackLink>
        <PrintButton />
      </div>
      <Invoice order={order} />
    </>
  )
}
