import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { page } from '@vitrine/contracts/envelope'
import { InventoryList } from '@vitrine/contracts/inventory'
import { OrderStats, OrderSummary } from '@vitrine/contracts/orders'
import type { Permission } from '@vitrine/contracts/permissions'
import { ModerationList } from '@vitrine/contracts/reviews'
import type { z } from 'zod'
import { Kpis } from '#app/features/admin-home/kpis.tsx'
import { everyDay, type Period, periodOf, RANGES } from '#app/features/admin-home/period.ts'
import { SalesChart } from '#app/features/admin-home/sales-chart.tsx'
import { BestSellersBox, LowStockBox, TodoBox } from '#app/features/admin-home/side-boxes.tsx'
import { OrderTable } from '#app/features/admin-orders/order-table.tsx'
import { PageHead } from '#app/features/admin-shell/page-parts.tsx'
import { formatDate, formatMoney } from '#app/format.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requireStaff } from '#app/server/auth.server.ts'
import { Button } from '#app/ui/button.tsx'
import { Notice } from '#app/ui/notice.tsx'

const Orders = page(OrderSummary)

export const meta: MetaFunction = () => [{ title: 'Dashboard, Vitrine admin' }]

/** Each box by itself: what this person may not see, or what is away, is missing and the rest stands. */
export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  const { permissions } = await requireStaff(request)
  const now = new Date()
  const period = periodOf(new URL(request.url).searchParams.get('range'), now)
  const read = <S extends z.ZodType>(needs: Permission, schema: S, path: string) =>
    permissions.includes(needs)
      ? api(request)
          .get(schema, path)
          .catch(() => null)
      : null
  const statsOf = (from: string, to: string) =>
    read('orders:read', OrderStats, `/api/orders/stats?from=${from}T00:00:00Z&to=${to}T00:00:00Z`)
  const [stats, before, latest, low, reviews] = await Promise.all([
    statsOf(period.from, period.to),
    statsOf(period.previousFrom, period.from),
    read('orders:read', Orders, '/api/orders?scope=all&limit=6'),
    read('inventory:read', InventoryList, '/api/catalog/inventory?low=true&limit=6'),
    read('reviews:write', ModerationList, '/api/catalog/reviews?status=pending&limit=1'),
  ])
  const mayReadOrders = permissions.includes('orders:read')
  const isPartAway = mayReadOrders && stats === null
  const waitingReviews = reviews?.total ?? 0
  return { today: now.toISOString(), period, stats, before, latest, low, waitingReviews, isPartAway }
})

type Stats = NonNullable<Awaited<ReturnType<typeof loader>>['stats']>

interface NumbersProps {
  stats: Stats
  before: Stats | null
  days: Stats['byDay']
  from: string
}

function Numbers({ stats, before, days, from }: NumbersProps) {
  const sold = `/admin/orders?from=${from}`
  const sales = days.map(({ revenue }) => revenue.amount)
  const orders = days.map((day) => day.orders)
  const averages = days.map((day) => (day.orders ? day.revenue.amount / day.orders : 0))
  return (
    <>
      <h2 className="sr">Numbers</h2>
      <Kpis
        items={[
          {
            name: 'Sales',
            value: formatMoney(stats.revenue),
            now: stats.revenue.amount,
            before: before?.revenue.amount ?? 0,
            series: sales,
            to: sold,
          },
          {
            name: 'Orders',
            value: String(stats.orders),
            now: stats.orders,
            before: before?.orders ?? 0,
            series: orders,
            to: sold,
          },
          {
            name: 'Average order',
            value: formatMoney(stats.averageOrder),
            now: stats.averageOrder.amount,
            before: before?.averageOrder.amount ?? 0,
            series: averages,
            to: sold,
          },
          {
            name: 'Items sold',
            value: String(stats.itemsSold),
            now: stats.itemsSold,
            before: before?.itemsSold ?? 0,
            series: orders,
            to: sold,
          },
        ]}
      />
    </>
  )
}

function SalesBox({ days }: { days: Stats['byDay'] }) {
  const [first, ...others] = days
  if (!first) return null
  return (
    <section className="box" aria-labelledby="sales">
      <h2 id="sales">Sales per day</h2>
      <section className="scroll" tabIndex={0} aria-label="Chart of sales per day">
        <SalesChart days={[first, ...others]} />
      </section>
    </section>
  )
}

const daysOf = (stats: Stats, period: Period): Stats['byDay'] =>
  everyDay(period, stats.byDay, (day) => ({ day, orders: 0, revenue: { ...stats.revenue, amount: 0 } }))

function RangeForm({ days }: { days: number }) {
  return (
    <Form className="row">
      <label className="sr" htmlFor="range">
        Range
      </label>
      <select className="input" id="range" name="range" defaultValue={String(days)}>
        {RANGES.map(([key, title]) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </select>
      <Button type="submit">Show</Button>
    </Form>
  )
}

export default function Dashboard() {
  const { today, period, stats, before, latest, low, waitingReviews, isPartAway } = useLoaderData<typeof loader>()
  const days = stats ? daysOf(stats, period) : []
  const todos = [
    {
      to: '/admin/orders?status=confirmed',
      title: 'Orders to ship',
      icon: 'truck',
      count: stats?.byStatus.confirmed ?? 0,
    },
    {
      to: '/admin/orders?status=cancelling',
      title: 'Cancellations requested',
      icon: 'return',
      count: stats?.byStatus.cancelling ?? 0,
      isAlarm: true,
    },
    { to: '/admin/reviews', title: 'Reviews to read', icon: 'star', count: waitingReviews },
    { to: '/admin/inventory?low=true', title: 'Variants low in stock', icon: 'chart', count: low?.total ?? 0 },
  ] as const
  return (
    <>
      <PageHead title={formatDate(today)}>{stats && <RangeForm days={period.days} />}</PageHead>
      <div className="stack">
        {isPartAway && <Notice tone="warning">The numbers did not load. Everything else on this page works.</Notice>}
        {stats && <Numbers stats={stats} before={before} days={days} from={period.from} />}
        <div className="cols">
          <div className="stack">
            <SalesBox days={days} />
            {latest && latest.items.length > 0 && (
              <section className="box box--flush" aria-labelledby="latest">
                <div className="row row--between pad">
                  <h2 id="latest">Latest orders</h2>
                  <Link to="/admin/orders">All orders</Link>
                </div>
                <OrderTable orders={latest.items} label="Latest orders, table" />
              </section>
            )}
            <LowStockBox lines={low?.items ?? []} />
          </div>
          <div className="stack">
            <TodoBox items={[...todos]} />
            <BestSellersBox products={stats?.topProducts ?? []} />
          </div>
        </div>
      </div>
    </>
  )
}
