import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { BackLink } from '#app/features/admin-shell/page-parts.tsx'
import { PackingSlip, PrintButton } from '#app/features/orders/sheets.tsx'
import { answering } from '#app/server/answer.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { loadOrder } from '#app/server/order.server.ts'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `Packing slip ${loaded?.number ?? ''}, Vitrine admin` },
]

export const loader = answering(async ({ request, params }: LoaderFunctionArgs) => {
  await requirePermission(request, 'orders:read')
  return loadOrder(request, params.id ?? '')
})

export default function PackingSlipPage() {
  const order = useLoaderData<typeof loader>()
  return (
    <>
      <div className="row row--between no-print">
        <BackLink to={`/admin/orders/${order.id}`}>Order {order.number}</BackLink>
        <PrintButton />
      </div>
      <PackingSlip order={order} />
    </>
  )
}
