import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { MessagePage } from '@vitrine/contracts/notifications'
import { Order } from '@vitrine/contracts/orders'
import { OrderTrace, PaymentTrace } from '@vitrine/contracts/traces'
import { OrderStatusBadge, PaymentStatusBadge } from '#app/features/admin-orders/order-status.tsx'
import { BackLink, PageHead } from '#app/features/admin-shell/page-parts.tsx'
import { FactTable } from '#app/features/admin-xray/fact-table.tsx'
import { factsOf } from '#app/features/admin-xray/x-ray.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { Notice } from '#app/ui/notice.tsx'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `X-ray of ${loaded?.order.number ?? ''}, Vitrine admin` },
]

/** Mails to this address since the order was placed; who may not read mails sees the rest. */
async function listMessages(request: Request, { email, createdAt }: Order) {
  const path = `/api/notifications/messages?limit=100&to=${encodeURIComponent(email)}`
  const found = await api(request)
    .get(MessagePage, path)
    .catch(() => null)
  return (found?.items ?? []).filter((message) => message.createdAt >= createdAt)
}

export const loader = answering(async ({ request, params }: LoaderFunctionArgs) => {
  await requirePermission(request, 'orders:read')
  const id = encodeURIComponent(params.id ?? '')
  const [order, trace, payment] = await Promise.all([
    api(request).get(Order, `/api/orders/${id}`),
    api(request).get(OrderTrace, `/api/orders/${id}/trace`),
    api(request)
      .get(PaymentTrace, `/api/payments/${id}/trace`)
      .catch(() => null),
  ])
  const facts = factsOf(trace, payment, await listMessages(request, order))
  return { order, facts, hasPayment: payment !== null }
})

export default function XRay() {
  const { order, facts, hasPayment } = useLoaderData<typeof loader>()
  return (
    <>
      <BackLink to={`/admin/orders/${order.id}`}>Order {order.number}</BackLink>
      <PageHead
        title={`X-ray of ${order.number}`}
        badges={
          <>
            <PaymentStatusBadge status={order.paymentStatus} />
            <OrderStatusBadge status={order.status} />
          </>
        }
      />
      {!hasPayment && (
        <Notice tone="info">The payment service has nothing about this order, or does not answer.</Notice>
      )}
      <FactTable facts={facts} />
    </>
  )
}
