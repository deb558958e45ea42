import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { page } from '@vitrine/contracts/envelope'
import { OrderSummary } from '@vitrine/contracts/orders'
import { OrderTable } from '#app/features/admin-orders/order-table.tsx'
import { ListSearch } from '#app/features/admin-shell/list-search.tsx'
import { pagerOf, pickQuery, withQuery } from '#app/features/admin-shell/list-view.ts'
import { EmptyList, PageHead, Pager, Tabs } from '#app/features/admin-shell/page-parts.tsx'
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
const Orders = page(OrderSummary)

export const meta: MetaFunction = () => [{ title: 'Orders, Vitrine admin' }]

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  await requirePermission(request, 'orders:read')
  const asked = pickQuery(new URL(request.url).searchParams, ['q', 'status', 'cursor', 'customer'])
  return api(request).get(Orders, `/api/orders?scope=all${asked && `&${asked}`}`)
})

export default function OrderList() {
  const { items, nextCursor, total } = useLoaderData<typeof loader>()
  const [query] = useSearchParams()
  const status = query.get('status') ?? ''
  return (
    <>
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
          keep={{ status }}
        />
        {items.length > 0 ? (
          <>
            <OrderTable orders={items} label="Orders, table" />
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
