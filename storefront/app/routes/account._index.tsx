import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { AccountFrame } from '#app/features/account/account-frame.tsx'
import { STATUS_WORDS } from '#app/features/orders/order-state.ts'
import { OrderTable } from '#app/features/orders/order-table.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { count, formatDate, formatMoney } from '#app/format.ts'
import { answering } from '#app/server/answer.server.ts'
import { requireUser } from '#app/server/auth.server.ts'
import { listOwnOrders } from '#app/server/own-orders.server.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Thumbnail } from '#app/ui/picture.tsx'

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  const [user, orders] = await Promise.all([requireUser(request), listOwnOrders(request, 5)])
  return { name: user.name, isStaff: user.permissions.length > 0, orders: orders.items }
})

export const meta: MetaFunction = () => pageMeta({ title: 'Your account', isHidden: true })

type Orders = ReturnType<typeof useLoaderData<typeof loader>>['orders']

function Latest({ order }: { order: Orders[number] }) {
  return (
    <section className="box stack" aria-labelledby="latest">
      <div className="row row--between">
        <h2 id="latest">
          Order {order.number}: {STATUS_WORDS[order.status].toLowerCase()}
        </h2>
        <a href={`/checkout/${order.id}`}>See the order</a>
      </div>
      <div className="row minis">
        {order.lines.slice(0, 4).map((line) => (
          <Thumbnail key={line.sku} url={line.picture} alt={line.title} />
        ))}
        <span className="small muted">
          {count(order.itemCount, 'item')}, {formatMoney(order.total)}, {formatDate(order.createdAt)}
        </span>
      </div>
    </section>
  )
}

export default function Account() {
  const { name, isStaff, orders } = useLoaderData<typeof loader>()
  const [latest, ...earlier] = orders
  return (
    <AccountFrame title={`Hello, ${name.split(' ')[0]}`} path="/account">
      {latest ? (
        <Latest order={latest} />
      ) : (
        <div className="box empty">
          <Icon name="box" />
          <h2>No orders yet</h2>
          <p>What you order while signed in stands here.</p>
          <p>
            <a className={buttonClass({ tone: 'primary' })} href="/products">
              See all products
            </a>
          </p>
        </div>
      )}
      {earlier.length > 0 && (
        <section aria-labelledby="earlier">
          <div className="row row--between">
            <h2 id="earlier">Earlier orders</h2>
            <a href="/account/orders">All orders</a>
          </div>
          <OrderTable orders={earlier} label="Earlier orders, table" />
        </section>
      )}
      {isStaff && (
        <p>
          <a href="/admin">To the dashboard of the shop</a>
        </p>
      )}
    </AccountFrame>
  )
}
