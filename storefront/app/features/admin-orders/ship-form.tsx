import { Form, Link } from '@remix-run/react'
import type { Order } from '@vitrine/contracts/orders'
import type { ActionState } from '#app/features/admin-orders/order-actions.tsx'
import { useGuardedForm } from '#app/features/admin-shell/leave-guard.ts'
import { TableRegion } from '#app/features/admin-shell/page-parts.tsx'
import { addressText } from '#app/features/orders/address-lines.tsx'
import { count } from '#app/format.ts'
import { Button } from '#app/ui/button.tsx'
import { FieldError } from '#app/ui/field.tsx'

const itemsOf = (order: Order) => order.lines.reduce((sum, { quantity }) => sum + quantity, 0)

function Row({ order, values, errors }: ActionState & { order: Order }) {
  const name = `tracking.${order.id}`
  const error = errors[name]?.[0]
  return (
    <tr>
      <th scope="row">
        <input type="hidden" name="pick" value={order.id} />
        <Link to={`/admin/orders/${order.id}`}>{order.number}</Link>
      </th>
      <td>
        {addressText(order.addresses.shipping)}
        <br />
        <span className="small muted">{count(itemsOf(order), 'item')}</span>
      </td>
      <td>
        <input
          className="input"
          name={name}
          aria-label={`Tracking number of ${order.number}`}
          defaultValue={values[name]}
          aria-invalid={error ? true : undefined}
          aria-describedby={error ? `${name}-note` : undefined}
          autoComplete="off"
          maxLength={120}
        />
        {error && <FieldError id={`${name}-note`}>{error}</FieldError>}
      </td>
    </tr>
  )
}

interface ShipFormProps extends ActionState {
  orders: Order[]
  isBusy: boolean
}

/** One carrier, a tracking number for each order. */
export function ShipForm({ orders, values, errors, isBusy }: ShipFormProps) {
  const { watch } = useGuardedForm(orders.map(({ id }) => id).join())
  return (
    <Form method="post" noValidate {...watch}>
      <TableRegion label="Orders to ship, table">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Order</th>
              <th scope="col">Goes to</th>
              <th scope="col">Tracking number</th>
            </tr>
          </thead>
          <tbody>
            {orders.map((order) => (
              <Row key={order.id} order={order} values={values} errors={errors} />
            ))}
          </tbody>
        </table>
      </TableRegion>
      <div className="foot-row">
        <div className="row">
          <label htmlFor="carrier">Carrier</label>
          <input className="input" id="carrier" name="carrier" list="carriers" defaultValue={values.carrier ?? 'DHL'} />
          <datalist id="carriers">
            <option value="DHL" />
            <option value="DPD" />
            <option value="Post" />
          </datalist>
        </div>
        <Button type="submit" tone="primary" isBusy={isBusy}>
          Mark {count(orders.length, 'order')} as shipped
        </Button>
      </div>
    </Form>
  )
}
