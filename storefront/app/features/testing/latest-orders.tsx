import { Link } from '@remix-run/react'
import type { TestedOrder } from '@vitrine/contracts/traces'
import { OrderStatusBadge, PaymentStatusBadge } from '#app/features/admin-orders/order-status.tsx'
import { TableRegion } from '#app/features/admin-shell/page-parts.tsx'
import { formatDateTime, formatMoney } from '#app/format.ts'
import { Notice } from '#app/ui/notice.tsx'

function Orders({ orders }: { orders: TestedOrder[] }) {
  return (
    <div className="box box--flush">
      <TableRegion label="Latest orders, table">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Order</th>
              <th scope="col">Placed</th>
              <th scope="col">Payment</th>
              <th scope="col">State</th>
              <th scope="col" className="end">
                Total
              </th>
            </tr>
          </thead>
          <tbody>
            {orders.map(({ id, number, status, paymentStatus, total, createdAt }) => (
              <tr key={id}>
                <td>
                  <Link to={`/testing/x-ray/${id}`}>
                    {number}
                    <span className="sr">, X-ray</span>
                  </Link>
                </td>
                <td className="soft">
                  <time dateTime={createdAt}>{formatDateTime(createdAt)}</time>
                </td>
                <td>
                  <PaymentStatusBadge status={paymentStatus} />
                </td>
                <td>
                  <OrderStatusBadge status={status} />
                </td>
                <td className="end num">{formatMoney(total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableRegion>
    </div>
  )
}

/** The orders whose X-ray a tester may want; null while they cannot be read. */
export function LatestOrders({ orders }: { orders: TestedOrder[] | null }) {
  return (
    <section className="stack" aria-labelledby="latest">
      <h2 id="latest">X-ray of the latest orders</h2>
      <p className="soft">Every step of an order with its time, ids, webhooks and retries.</p>
      {orders === null && <Notice tone="warning">The orders cannot be read just now. Load the page again.</Notice>}
      {orders?.length === 0 && <p className="soft">No order yet. Place one with a card from above.</p>}
      {orders !== null && orders.length > 0 && <Orders orders={orders} />}
    </section>
  )
}
