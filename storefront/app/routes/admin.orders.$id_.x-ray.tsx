import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { MessagePage } from '@vitrine/contracts/notifications'
import { Order } from '@vitrine/contracts/orders'
import { OrderTrace, PaymentTrace } from '@vitrine/contracts/traces'
import { OrderStatusBadge, PaymentStatusBadge } from '#app/features/admin-orders/order-status.tsx'
import { BackLink, PageHead, TableRegion } from '#app/features/admin-shell/page-parts.tsx'
import { type Fact, factsOf, type Source } from '#app/features/admin-xray/x-ray.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { Badge, type BadgeTone } from '#app/ui/badge.tsx'
import { Notice } from '#app/ui/notice.tsx'

const TONES: Record<Source, BadgeTone> = {
  orders: 'info',
  payment: 'positive',
  stripe: 'lamp',
  events: 'plain',
  reconciliation: 'warning',
  notifications: 'outline',
}

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

const clockOf = (at: string): string => at.slice(11, 23)

function FactRow({ fact, startedAt }: { fact: Fact; startedAt: string }) {
  return (
    <tr>
      <td className="num nowrap">
        <time dateTime={fact.at}>
          {fact.at.slice(0, 10) === startedAt.slice(0, 10) ? '' : `${fact.at.slice(0, 10)} `}
          {clockOf(fact.at)}
        </time>
      </td>
      <td className="end num nowrap">+{(Date.parse(fact.at) - Date.parse(startedAt)).toLocaleString('en')} ms</td>
      <td>
        <Badge tone={fact.isTrouble ? 'danger' : TONES[fact.source]}>{fact.source}</Badge>
      </td>
      <td>{fact.text}</td>
      <td className="soft">{fact.note}</td>
      <td className="mono tiny">
        {fact.ids.map((id) => (
          <span key={id} className="id">
            {id}
          </span>
        ))}
      </td>
    </tr>
  )
}

export default function XRay() {
  const { order, facts, hasPayment } = useLoaderData<typeof loader>()
  const startedAt = facts[0]?.at ?? order.createdAt
  const troubles = facts.filter(({ isTrouble }) => isTrouble).length
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
      {troubles > 0 && (
        <Notice tone="warning">{troubles} of these facts are out of the ordinary; they are marked red.</Notice>
      )}
      <section className="box box--flush mt" aria-label="Facts">
        <TableRegion label="Facts, table">
          <table className="table x-ray">
            <thead>
              <tr>
                <th scope="col">Time (UTC)</th>
                <th scope="col" className="end">
                  Since the start
                </th>
                <th scope="col">From</th>
                <th scope="col">What</th>
                <th scope="col">Notes</th>
                <th scope="col">Ids</th>
              </tr>
            </thead>
            <tbody>
              {facts.map((fact) => (
                <FactRow
                  key={`${fact.at} ${fact.source} ${fact.text} ${fact.ids.join(' ')}`}
                  fact={fact}
                  startedAt={startedAt}
                />
              ))}
            </tbody>
          </table>
        </TableRegion>
      </section>
    </>
  )
}
