import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { AccountFrame } from '#app/features/account/account-frame.tsx'
import { OrderTable } from '#app/features/orders/order-table.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { answering } from '#app/server/answer.server.ts'
import { listOwnOrders } from '#app/server/own-orders.server.ts'
import { buttonClass } from '#app/ui/button.tsx'

const PAGE_SIZE = 20

export const loader = answering(({ request }: LoaderFunctionArgs) =>
  listOwnOrders(request, PAGE_SIZE, new URL(request.url).searchParams.get('cursor')),
)

export const meta: MetaFunction = () => pageMeta({ title: 'Your orders', isHidden: true })

export default function AccountOrders() {
  const { items, nextCursor } = useLoaderData<typeof loader>()
  return (
    <AccountFrame title="Your orders" path="/account/orders">
      {items.length === 0 ? (
        <p className="soft">
          No orders yet. Bought as a guest? <a href="/orders/lookup">Find the order</a> by its number.
        </p>
      ) : (
        <OrderTable orders={items} label="Your orders, table" />
      )}
      {nextCursor && (
        <p>
          <a className={buttonClass()} href={`/account/orders?cursor=${encodeURIComponent(nextCursor)}`}>
            Earlier orders
          </a>
        </p>
      )}
    </AccountFrame>
  )
}
