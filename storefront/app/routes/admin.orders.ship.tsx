import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { Order, ShipInput } from '@vitrine/contracts/orders'
import { ShipForm } from '#app/features/admin-orders/ship-form.tsx'
import { BackLink, EmptyList, PageHead, RefusalNotice } from '#app/features/admin-shell/page-parts.tsx'
import { count } from '#app/format.ts'
import { answering } from '#app/server/answer.server.ts'
import { api, isApiError } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { formValues, readForm } from '#app/server/form.server.ts'

const PATH = '/admin/orders'
const MOST = 50
const pathOf = (id: string) => `/api/orders/${encodeURIComponent(id)}`

export const meta: MetaFunction = () => [{ title: 'Ship orders, Vitrine admin' }]

/** The ticked orders that can still be shipped. */
export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  await requirePermission(request, 'orders:write')
  const ids = [...new Set(new URL(request.url).searchParams.getAll('pick'))].slice(0, MOST)
  const found = await Promise.all(
    ids.map((id) =>
      api(request)
        .get(Order, pathOf(id))
        .catch((error: unknown) => {
          if (isApiError(error, 'not_found')) return null
          throw error
        }),
    ),
  )
  return { orders: found.filter((order) => order?.status === 'confirmed').filter((order) => order !== null) }
})

/** Ships each order that has a tracking number; what could not be shipped stays on the page with the reason. */
export const action = answering(async ({ request }: ActionFunctionArgs) => {
  await requirePermission(request, 'orders:write')
  const form = await readForm(request)
  const values = formValues(form)
  const errors: Record<string, string[]> = {}
  let shipped = 0
  for (const id of form.getAll('pick').map(String)) {
    const parsed = ShipInput.safeParse({ carrier: values.carrier, tracking: values[`tracking.${id}`] })
    if (!parsed.success) {
      errors[`tracking.${id}`] = [values.carrier ? 'Give its tracking number.' : 'Say who carries it.']
      continue
    }
    try {
      await api(request).post(Order, `${pathOf(id)}/ship`, parsed.data)
      shipped += 1
    } catch (error) {
      if (!isApiError(error, 'illegal_transition', 'conflict', 'not_found')) throw error
      errors[`tracking.${id}`] = [error.message]
    }
  }
  const left = Object.keys(errors).length
  if (left === 0) return redirect(`${PATH}?${new URLSearchParams({ done: 'shipped', count: String(shipped) })}`, 303)
  const message = `${count(shipped, 'order')} shipped. ${count(left, 'order')} still to do.`
  return data({ message: shipped > 0 ? message : 'Some fields need another look.', errors, values }, 400)
})

/** What was shipped is no longer on the page, also when the rest was refused. */
export const shouldRevalidate = () => true

export default function ShipOrders() {
  const { orders } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const isBusy = useNavigation().state === 'submitting'
  return (
    <>
      <BackLink to={`${PATH}?status=confirmed`}>Orders to ship</BackLink>
      <PageHead title={`Ship ${count(orders.length, 'order')}`} />
      <RefusalNotice text={refused?.message} />
      <section className="box box--flush" aria-label="Orders to ship">
        {orders.length > 0 ? (
          <ShipForm orders={orders} values={refused?.values ?? {}} errors={refused?.errors ?? {}} isBusy={isBusy} />
        ) : (
          <EmptyList title="Nothing is ticked" isFiltered={false} to={PATH}>
            Tick paid orders in the list, then ship them together.
          </EmptyList>
        )}
      </section>
    </>
  )
}
