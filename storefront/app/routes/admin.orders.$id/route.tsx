import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { Order } from '@vitrine/contracts/orders'
import { PaymentView } from '@vitrine/contracts/payments'
import { type ActionState, CancelBox, ShipBox } from '#app/features/admin-orders/order-actions.tsx'
import { LinesBox, MoneyBox, OrderSide, TimelineBox } from '#app/features/admin-orders/order-boxes.tsx'
import { canCancel, canDeliver, canShip } from '#app/features/admin-orders/order-rules.ts'
import { OrderStatusBadge, PaymentStatusBadge } from '#app/features/admin-orders/order-status.tsx'
import { refundable } from '#app/features/admin-orders/refund-rules.ts'
import { RefundsBox } from '#app/features/admin-orders/refunds-box.tsx'
import { BackLink, DoneNotice, PageHead, RefusalNotice } from '#app/features/admin-shell/page-parts.tsx'
import { useCan } from '#app/features/admin-shell/staff.ts'
import { answering, problem } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { readForm, refusalOf } from '#app/server/form.server.ts'
import { Button, buttonClass } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { INTENTS } from './intents.server.ts'

const DONE: Record<string, string> = {
  ship: 'The order is marked as shipped. The shopper gets a mail.',
  deliver: 'The order is marked as delivered.',
  cancel: 'The cancellation is under way.',
  note: 'The note is in the timeline.',
  refund: 'The refund is under way.',
}

/** A refused change shows what is true now, so the page is read again even then. */
export const shouldRevalidate = () => true

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `Order ${loaded?.order.number ?? ''}, Vitrine admin` },
]

/** The payment service may be away: the order is shown without its words. */
const findPayment = (request: Request, id: string): Promise<PaymentView | null> =>
  api(request)
    .get(PaymentView, `/api/payments/${encodeURIComponent(id)}`)
    .catch(() => null)

export const loader = answering(async ({ request, params }: LoaderFunctionArgs) => {
  await requirePermission(request, 'orders:read')
  const id = params.id ?? ''
  const [order, payment] = await Promise.all([
    api(request).get(Order, `/api/orders/${encodeURIComponent(id)}`),
    findPayment(request, id),
  ])
  return { order, payment }
})

export const action = answering(async ({ request, params }: ActionFunctionArgs) => {
  await requirePermission(request, 'orders:read')
  const form = await readForm(request)
  const name = String(form.get('intent') ?? 'ship')
  const run = INTENTS[name]
  if (!run) problem(request, 400, 'invalid_input', 'This page does not know what to do with that.')
  try {
    const refused = await run({ request, form, id: params.id ?? '' })
    if (refused) return data({ ...refused, intent: name }, 400)
  } catch (error) {
    return data({ ...refusalOf(form, error), intent: name }, 409)
  }
  return redirect(`/admin/orders/${params.id}?done=${name}`, 303)
})

function HeadActions({ order, isBusy }: { order: Order; isBusy: boolean }) {
  if (canShip(order)) {
    return (
      <Button form="ship" name="intent" value="ship" type="submit" tone="primary" isBusy={isBusy}>
        Mark as shipped
      </Button>
    )
  }
  if (!canDeliver(order)) return null
  return (
    <Form method="post">
      <Button name="intent" value="deliver" type="submit" tone="primary" isBusy={isBusy}>
        Mark as delivered
      </Button>
    </Form>
  )
}

export default function OrderPage() {
  const { order, payment } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const [query] = useSearchParams()
  const canWrite = useCan('orders:write')
  const canRefund = useCan('refunds:write')
  const isBusy = useNavigation().state === 'submitting'
  const stateOf = (intent: string): ActionState =>
    refused?.intent === intent ? { values: refused.values, errors: refused.fields } : { values: {}, errors: {} }
  return (
    <>
      <BackLink to="/admin/orders">Orders</BackLink>
      <PageHead
        title={`Order ${order.number}`}
        badges={
          <>
            <PaymentStatusBadge status={order.paymentStatus} />
            <OrderStatusBadge status={order.status} />
          </>
        }
      >
        <Link className={buttonClass({ tone: 'quiet' })} to={`/admin/orders/${order.id}/x-ray`}>
          X-ray
        </Link>
        {order.paymentStatus !== 'unpaid' && (
          <>
            <Link className={buttonClass({ tone: 'quiet' })} to={`/admin/orders/${order.id}/invoice`}>
              Invoice
            </Link>
            <Link className={buttonClass()} to={`/admin/orders/${order.id}/packing-slip`}>
              <Icon name="print" />
              Packing slip
            </Link>
          </>
        )}
        {canRefund && refundable(order) > 0 && (
          <Link className={buttonClass()} to={`/admin/orders/${order.id}/refund`}>
            Refund…
          </Link>
        )}
        {canWrite && <HeadActions order={order} isBusy={isBusy} />}
      </PageHead>
      <DoneNotice text={refused ? undefined : DONE[query.get('done') ?? '']} />
      <RefusalNotice text={refused?.message} />
      <div className="cols">
        <div className="stack">
          <LinesBox order={order} />
          {canWrite && canShip(order) && <ShipBox {...stateOf('ship')} />}
          <MoneyBox order={order} />
          <RefundsBox order={order} canRefund={canRefund} />
          {canWrite && canCancel(order) && <CancelBox order={order} />}
          <TimelineBox order={order} canWrite={canWrite} />
        </div>
        <OrderSide order={order} payment={payment} />
      </div>
    </>
  )
}
