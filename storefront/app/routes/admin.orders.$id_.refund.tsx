import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { Order, RefundRequest } from '@vitrine/contracts/orders'
import { RefundForm } from '#app/features/admin-orders/refund-form.tsx'
import { refundable, refundOf, valuesOf } from '#app/features/admin-orders/refund-rules.ts'
import { BackLink, PageHead, RefusalNotice } from '#app/features/admin-shell/page-parts.tsx'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { fieldErrors, formValues, readForm, refusal, refusalOf } from '#app/server/form.server.ts'
import { Notice } from '#app/ui/notice.tsx'

const pathOf = (id = '') => `/api/orders/${encodeURIComponent(id)}`

/** A refused refund shows what is left now. */
export const shouldRevalidate = () => true

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `Refund order ${loaded?.order.number ?? ''}, Vitrine admin` },
]

export const loader = answering(async ({ request, params }: LoaderFunctionArgs) => {
  await requirePermission(request, 'refunds:write')
  const order = await api(request).get(Order, pathOf(params.id))
  const wanted = new URL(request.url).searchParams.get('repeat')
  const repeated = order.refunds.find(({ id }) => id === wanted)
  return { order, values: repeated ? valuesOf(repeated) : {}, refundKey: crypto.randomUUID() }
})

export const action = answering(async ({ request, params }: ActionFunctionArgs) => {
  await requirePermission(request, 'refunds:write')
  const form = await readForm(request)
  const values = formValues(form)
  const order = await api(request).get(Order, pathOf(params.id))
  const wanted = refundOf(order, values)
  if ('error' in wanted) return data(refusal(form, null, { [wanted.field]: [wanted.error] }), 400)
  const parsed = RefundRequest.safeParse(wanted)
  if (!parsed.success) return data(refusal(form, null, fieldErrors(parsed.error)), 400)
  try {
    const idempotencyKey = values.key ?? crypto.randomUUID()
    await api(request).post(Order, `${pathOf(params.id)}/refunds`, parsed.data, { idempotencyKey })
  } catch (error) {
    return data(refusalOf(form, error), 409)
  }
  return redirect(`/admin/orders/${params.id}?done=refund`, 303)
})

export default function RefundPage() {
  const { order, values, refundKey } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const isBusy = useNavigation().state === 'submitting'
  return (
    <>
      <BackLink to={`/admin/orders/${order.id}`}>Order {order.number}</BackLink>
      <PageHead title={`Refund order ${order.number}`} />
      <RefusalNotice text={refused?.message} />
      {refundable(order) > 0 ? (
        <RefundForm
          order={order}
          refundKey={refundKey}
          values={refused?.values ?? values}
          errors={refused?.fields ?? {}}
          isBusy={isBusy}
        />
      ) : (
        <Notice tone="info">Nothing is left to refund.</Notice>
      )}
    </>
  )
}
