import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { page } from '@vitrine/contracts/envelope'
import { OrderSummary } from '@vitrine/contracts/orders'
import { OrderTable, ShippableOrders } from '#app/features/admin-orders/order-table.tsx'
import { ListSearch } from '#app/features/admin-shell/list-search.tsx'
import { pagerOf, pickQuery, withQuery } from '#app/features/admin-shell/list-view.ts'
import { DoneNotice, EmptyList, PageHead, Pager, Tabs } from '#app/features/admin-shell/page-parts.tsx'
import { useCan } from '#app/features/admin-shell/staff.ts'
import { count } from '#app/format.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { buttonClass } from '#app/ui/button.tsx'

const PATH = '/admin/orders'
const TABS = [
  ['', 'All'],
  ['pending', 'Unpaid'],
  ['confirmed', 'To ship'],
  ['cancelling', 'Cancellation requested'],
  ['shipped', 'Shipped'],
  ['delivered', 'Delivered'],
  ['cancelled', 'Cancelled'],
  ['expired', 'Expired'],
] as const
const OrderPage = page(OrderSummary)

export const meta: MetaFunction = () => [{ title: 'Orders, Vitrine admin' }]

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  await requirePermission(request, 'orders:read')
  const asked = pickQuery(new URL(request.url).searchParams, ['q', 'status', 'from', 'to', 'cursor', 'customer'])
  return api(request).get(OrderPage, `/api/orders?scope=all${asked && `&${asked}`}`)
})

function Day({ name, label, query }: { name: string; label: string; query: URLSearchParams }) {
  return (
    <label className="row small">
      {label}
      <input className="input input--small" name={name} type="date" defaultValue={query.get(name) ?? ''} />
    </label>
  )
}

export default function OrderList() {
  const canShip = useCan('orders:write')
  const { items, nextCursor, total } = useLoaderData<typeof loader>()
  const [query] = useSearchParams()
  const status = query.get('status') ?? ''
  const Orders = canShip && items.some((order) => order.status === 'confirmed') ? ShippableOrders : OrderTable
  return (
    <>
      <DoneNotice
        text={query.get('done') === 'shipped' ? `${count(Number(query.get('count')), 'order')} shipped.` : undefined}
      />
      <PageHead title="Orders">
        <Link className={buttonClass({ tone: 'quiet' })} to="/admin/reconciliation">
          Reconciliation
        </Link>
      </PageHead>
      <section className="box box--flush" aria-label="Orders">
        <Tabs
          label="Views"
          items={TABS.map(([key, title]) => ({
            to: withQuery(PATH, query, { status: key, cursor: null }),
            title,
            isCurrent: status === key,
          }))}
        />
        <ListSearch
          id="oq"
          label="Search orders"
          placeholder="Number, mail address or name"
          query={query.get('q') ?? ''}
          keep={{ status, customer: query.get('customer') ?? undefined }}
        >
          <Day name="from" label="From" query={query} />
          <Day name="to" label="To" query={query} />
          <button className={buttonClass()} type="submit">
            Show
          </button>
        </ListSearch>
        {items.length > 0 ? (
          <>
            <Orders label="Orders, table" orders={items} />
            <Pager summary={count(total ?? items.length, 'order')} {...pagerOf(PATH, query, nextCursor)} />
          </>
        ) : (
          <EmptyList title="No orders yet" isFiltered={query.size > 0} to={PATH}>
            Orders stand here as soon as somebody begins to pay.
          </EmptyList>
        )}
      </section>
    </>
  )
}
