import { Link } from '@remix-run/react'
import type { Order, OrderRefund } from '@vitrine/contracts/orders'
import { formatDateTime, formatMoney } from '#app/format.ts'
import { Badge, type BadgeTone } from '#app/ui/badge.tsx'

const STATUS: Record<OrderRefund['status'], [BadgeTone, string]> = {
  pending: ['plain', 'On its way'],
  succeeded: ['positive', 'Refunded'],
  failed: ['danger', 'Failed'],
}

/** "2 × Lyra headphones, delivery" */
function purposeOf(order: Order, { lines, shipping }: OrderRefund): string {
  const items = lines.map(({ sku, quantity }) => {
    const title = order.lines.find((line) => line.sku === sku)?.title ?? sku
    return `${quantity} × ${title}`
  })
  return [...items, ...(shipping.amount > 0 ? ['delivery'] : [])].join(', ') || 'An amount'
}

/** Every refund asked for, how it ended, and the way to repeat one that the bank sent back. */
export function RefundsBox({ order, canRefund }: { order: Order; canRefund: boolean }) {
  if (order.refunds.length === 0) return null
  return (
    <section className="box" aria-labelledby="refunds">
      <h2 id="refunds">Refunds</h2>
      <ul className="lines l">
        {order.refunds.map((refund) => {
          const [tone, title] = STATUS[refund.status]
          return (
            <li key={refund.id} className="row row--between refund">
              <span>
                <b className="medium num">{formatMoney(refund.amount)}</b> {purposeOf(order, refund)}
                <br />
                <span className="muted tiny">
                  {[refund.reason, refund.restock ? 'back in stock' : '', formatDateTime(refund.at)]
                    .filter(Boolean)
                    .join(', ')}
                </span>
              </span>
              <span className="row nowrap">
                <Badge tone={tone}>{title}</Badge>
                {refund.status === 'failed' && canRefund && (
                  <Link to={`/admin/orders/${order.id}/refund?repeat=${refund.id}`}>Repeat…</Link>
                )}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
