import type { Order } from '@vitrine/contracts/orders'
import { formatDateTime } from '#app/format.ts'

interface Step {
  title: string
  note: string
}

const REACHED: Partial<Record<Order['status'], number>> = { confirmed: 1, cancelling: 1, shipped: 2, delivered: 4 }

function momentOf(order: Order, type: string): string | null {
  const entry = order.timeline.find((one) => one.type.endsWith(type))
  return entry ? formatDateTime(entry.at) : null
}

function stepsOf(order: Order): Step[] {
  const { shipment } = order
  return [
    { title: 'Paid', note: momentOf(order, 'confirmed') ?? 'Done' },
    { title: order.status === 'cancelling' ? 'Cancellation requested' : 'Being packed', note: 'By us' },
    { title: 'On its way', note: shipment ? `${shipment.carrier} ${shipment.tracking}` : 'With tracking number' },
    { title: 'Delivered', note: momentOf(order, 'delivered') ?? order.shippingMethodName },
  ]
}

/** Where the order stands: done, now and still to come. */
export function Tracker({ order }: { order: Order }) {
  const reached = REACHED[order.status] ?? 0
  return (
    <ol className="tracker">
      {stepsOf(order).map((step, index) => (
        <li
          key={step.title}
          className={index < reached ? 'done' : undefined}
          aria-current={index === reached ? 'step' : undefined}
        >
          <b>{step.title}</b>
          <span>{step.note}</span>
        </li>
      ))}
    </ol>
  )
}
