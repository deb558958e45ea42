import { Form, Link } from '@remix-run/react'
import type { OrderSummary } from '@vitrine/contracts/orders'
import { OrderStatusBadge, PaymentStatusBadge } from '#app/features/admin-orders/order-status.tsx'
import { formatMoment } from '#app/features/admin-shell/moment.ts'
import { TableRegion } from '#app/features/admin-shell/page-parts.tsx'
import { TickAll } from '#app/features/admin-shell/tick-all.tsx'
import { formatMoney } from '#app/format.ts'
import { Button } from '#app/ui/button.tsx'

const canShip = (order: OrderSummary) => order.status === 'confirmed'

function Tick({ order }: { order: OrderSummary }) {
  return (
    <td>
      {canShip(order) && <input type="checkbox" name="pick" value={order.id} aria-label={`Tick ${order.number}`} />}
    </td>
  )
}

function OrderRow({ order, hasTicks }: { order: OrderSummary; hasTicks: boolean }) {
  return (
    <tr>
      {hasTicks && <Tick order={order} />}
      <td>
        <Link to={`/admin/orders/${order.id}`}>{order.number}</Link>
        <small className="narrow-only">{order.customerName}</small>
      </td>
      <td className="minor">
        <time dateTime={order.createdAt}>{formatMoment(order.createdAt)}</time>
      </td>
      <td className="minor minor--late">
        {order.customerName}
        {order.customerId === null && <span className="muted">, guest</span>}
      </td>
      <td className="minor">
        <PaymentStatusBadge status={order.paymentStatus} />
      </td>
      <td>
        <OrderStatusBadge status={order.status} />
      </td>
      <td className="end num minor">{order.itemCount}</td>
      <td className="end num">{formatMoney(order.total)}</td>
    </tr>
  )
}

interface OrderTableProps {
  orders: OrderSummary[]
  label: string
  /** Those that can be shipped can be ticked. */
  hasTicks?: boolean
}

/** The list with what can be done to several orders at once. */
export function ShippableOrders({ orders, label }: { orders: OrderSummary[]; label: string }) {
  return (
    <Form action="/admin/orders/ship">
      <OrderTable orders={orders} label={label} hasTicks />
      <div className="bulk">
        <span>Ticked orders:</span>
        <Button type="submit">Mark as shipped</Button>
      </div>
    </Form>
  )
}

export function OrderTable({ orders, label, hasTicks = false }: OrderTableProps) {
  return (
    <TableRegion label={label}>
      <table className="table">
        <thead>
          <tr>
            {hasTicks && (
              <th scope="col">
                <span className="sr">Tick</span>
                <TickAll />
              </th>
            )}
            <th scope="col">Order</th>
            <th scope="col" className="minor">
              Placed
            </th>
            <th scope="col" className="minor minor--late">
              Customer
            </th>
            <th scope="col" className="minor">
              Payment
            </th>
            <th scope="col">Delivery</th>
            <th scope="col" className="end minor">
              Items
            </th>
            <th scope="col" className="end">
              Total
            </th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <OrderRow key={order.id} order={order} hasTicks={hasTicks} />
          ))}
        </tbody>
      </table>
    </TableRegion>
  )
}
