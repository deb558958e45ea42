import { Link } from '@remix-run/react'
import type { OrderSummary } from '@vitrine/contracts/orders'
import { OrderStatusBadge, PaymentStatusBadge } from '#app/features/admin-orders/order-status.tsx'
import { formatMoment } from '#app/features/admin-shell/moment.ts'
import { TableRegion } from '#app/features/admin-shell/page-parts.tsx'
import { formatMoney } from '#app/format.ts'

function OrderRow({ order }: { order: OrderSummary }) {
  return (
    <tr>
      <td>
        <Link to={`/admin/orders/${order.id}`}>{order.number}</Link>
      </td>
      <td>
        <time dateTime={order.createdAt}>{formatMoment(order.createdAt)}</time>
      </td>
      <td>
        {order.customerName}
        {order.customerId === null && <span className="muted">, guest</span>}
      </td>
      <td>
        <PaymentStatusBadge status={order.paymentStatus} />
      </td>
      <td>
        <OrderStatusBadge status={order.status} />
      </td>
      <td className="end num">{order.itemCount}</td>
      <td className="end num">{formatMoney(order.total)}</td>
    </tr>
  )
}

export function OrderTable({ orders, label }: { orders: OrderSummary[]; label: string }) {
  return (
    <TableRegion label={label}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Order</th>
            <th scope="col">Placed</th>
            <th scope="col">Customer</th>
            <th scope="col">Payment</th>
            <th scope="col">Delivery</th>
            <th scope="col" className="end">
              Items
            </th>
            <th scope="col" className="end">
              Total
            </th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <OrderRow key={order.id} order={order} />
          ))}
        </tbody>
      </table>
    </TableRegion>
  )
}
