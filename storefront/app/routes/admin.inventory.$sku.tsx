import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useNavigation, useSearchParams } from '@remix-run/react'
import { MovementInput, MovementList, Stock } from '@vitrine/contracts/inventory'
import { MovementForm } from '#app/features/admin-inventory/movement-form.tsx'
import { MovementTable } from '#app/features/admin-inventory/movement-table.tsx'
import { pagerOf, pickQuery } from '#app/features/admin-shell/list-view.ts'
import { BackLink, DoneNotice, PageHead, Pager, RefusalNotice } from '#app/features/admin-shell/page-parts.tsx'
import { useCan } from '#app/features/admin-shell/staff.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { parseForm, readForm, refusalOf } from '#app/server/form.server.ts'
import { Pairs } from '#app/ui/pairs.tsx'

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: `${loaded?.stock.sku ?? 'Stock'}, Vitrine admin` },
]

const pathOf = (sku: string | undefined) => `/api/catalog/inventory/${encodeURIComponent(sku ?? '')}`

export const loader = answering(async ({ request, params }: LoaderFunctionArgs) => {
  await requirePermission(request, 'inventory:read')
  const asked = pickQuery(new URL(request.url).searchParams, ['cursor'])
  const [stock, movements] = await Promise.all([
    api(request).get(Stock, pathOf(params.sku)),
    api(request).get(MovementList, `${pathOf(params.sku)}/movements?limit=50${asked && `&${asked}`}`),
  ])
  return { stock, movements }
})

export const action = answering(async ({ request, params }: ActionFunctionArgs) => {
  await requirePermission(request, 'inventory:write')
  const form = await readForm(request)
  const parsed = parseForm(form, MovementInput, ({ type, quantity, reason }) => ({
    type,
    quantity: Number(quantity),
    reason,
  }))
  if (!parsed.ok) return data(parsed.refusal, 400)
  try {
    await api(request).post(Stock, `${pathOf(params.sku)}/movements`, parsed.data)
  } catch (error) {
    return data(refusalOf(form, error), 409)
  }
  return redirect(`/admin/inventory/${encodeURIComponent(params.sku ?? '')}?done=moved`, 303)
})

export default function StockPage() {
  const { stock, movements } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const [query] = useSearchParams()
  const canMove = useCan('inventory:write')
  const isBusy = useNavigation().state === 'submitting'
  const path = `/admin/inventory/${encodeURIComponent(stock.sku)}`
  return (
    <>
      <BackLink to="/admin/inventory">Inventory</BackLink>
      <PageHead title={stock.sku} />
      <DoneNotice text={!refused && query.get('done') === 'moved' ? 'The movement is recorded.' : undefined} />
      <RefusalNotice text={refused?.message} />
      <div className="cols">
        <div className="stack">
          <section className="box box--flush" aria-labelledby="history">
            <div className="pad">
              <h2 id="history">Movements</h2>
            </div>
            {movements.items.length > 0 ? (
              <MovementTable movements={movements.items} />
            ) : (
              <p className="pad soft">Nothing has moved yet.</p>
            )}
            <Pager summary="" {...pagerOf(path, query, movements.nextCursor)} />
          </section>
        </div>
        <div className="stack">
          <section className="box" aria-labelledby="level">
            <h2 id="level">Now</h2>
            <Pairs
              items={[
                { term: 'On hand', value: stock.onHand },
                { term: 'Reserved for orders', value: stock.reserved },
                { term: 'Sold', value: stock.sold },
                { term: 'Available', value: stock.available, kind: 'total' },
              ]}
            />
          </section>
          {canMove && (
            <MovementForm
              key={stock.onHand}
              values={refused?.values ?? {}}
              errors={refused?.fields ?? {}}
              isBusy={isBusy}
            />
          )}
        </div>
      </div>
    </>
  )
}
