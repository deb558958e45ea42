import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { OrderStatusBadge, PaymentStatusBadge } from '#app/features/admin-orders/order-status.tsx'
import { BackLink, PageHead } from '#app/features/admin-shell/page-parts.tsx'
import { FactTable } from '#app/features/admin-xray/fact-table.tsx'
import { factsOf } from '#app/features/admin-xray/x-ray.ts'
import { pageMeta } from '#app/features/seo.ts'
import { answering } from '#app/server/answer.server.ts'
import { readTested, requireSandbox } from '#app/server/sandbox.server.ts'
import { Notice } from '#app/ui/notice.tsx'

/** The same facts as staff see, without mails and names: who opens this page need not be signed in. */
export const loader = answering(async ({ request, params }: LoaderFunctionArgs) => {
  await requireSandbox(request)
  const { order, trace, payment } = await readTested(request, params.id ?? '')
  return { order, facts: factsOf(trace, payment, []), hasPayment: payment !== null }
})

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) =>
  pageMeta({ title: `X-ray of ${loaded?.order.number ?? 'an order'}`, isHidden: true })

export default function TesterXRay() {
  const { order, facts, hasPayment } = useLoaderData<typeof loader>()
  return (
    <main id="main" className="wrap page-top">
      <BackLink to="/testing#latest">Test cards</BackLink>
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
    </main>
  )
}
