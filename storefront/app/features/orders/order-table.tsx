import type { OrderSummary } from '@vitrine/contracts/orders'
import { STATUS_TONES, STATUS_WORDS } from '#app/features/orders/order-state.ts'
import { formatDate, formatMoney } from '#app/format.ts'
import { Badge } from '#app/ui/badge.tsx'

/** Orders as a table that scrolls in its own region on phones. */
export function OrderTable({ orders, label }: { orders: OrderSummary[]; label: string }) {
  return (
    <div className="box box--flush orders">
      <div className="scroll" tabIndex={0} role="region" aria-label={label}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Order</th>
              <th scope="col" className="only-wide">
                Date
              </th>
              <th scope="col">Status</th>
              <th scope="col" className="end">
                Total
              </th>
            </tr>
          </thead>
          <tbody>
            {orders.map((order) => (
              <tr key={order.id}>
                <td>
                  <a href={`/checkout/${order.id}`}>{order.number}</a>
                  <small className="only-narrow">{formatDate(order.createdAt)}</small>
                </td>
                <td className="only-wide">{formatDate(order.createdAt)}</td>
                <td>
                  <Badge tone={STATUS_TONES[order.status]}>{STATUS_WORDS[order.status]}</Badge>
                </td>
                <td className="end">{formatMoney(order.total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  )
}
