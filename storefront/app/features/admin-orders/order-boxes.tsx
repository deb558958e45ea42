import { Form, Link } from '@remix-run/react'
import type { Address } from '@vitrine/contracts/address'
import type { Order } from '@vitrine/contracts/orders'
import type { PaymentView } from '@vitrine/contracts/payments'
import { timelineOf } from '#app/features/admin-orders/timeline-text.ts'
import { TableRegion } from '#app/features/admin-shell/page-parts.tsx'
import { initialsOf } from '#app/features/admin-shell/staff.ts'
import { count, formatCountry, formatDateTime, formatMoney } from '#app/format.ts'
import { Button } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { type Pair, Pairs } from '#app/ui/pairs.tsx'
import { Thumbnail } from '#app/ui/picture.tsx'

export function LinesBox({ order }: { order: Order }) {
  const items = order.lines.reduce((sum, line) => sum + line.quantity, 0)
  return (
    <section className="box box--flush" aria-labelledby="lines">
      <div className="pad">
        <h2 id="lines">{count(items, 'item')}</h2>
      </div>
      <TableRegion label="Order lines">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Item</th>
              <th scope="col" className="end">
                Quantity
              </th>
              <th scope="col" className="end">
                Price
              </th>
              <th scope="col" className="end">
                Total
              </th>
            </tr>
          </thead>
          <tbody>
            {order.lines.map((line) => (
              <tr key={line.sku}>
                <td>
                  <div className="thing">
                    <Thumbnail url={line.picture} />
                    <div>
                      <Link to={`/admin/products/${line.productId}`}>{line.title}</Link>
                      <small>
                        {Object.values(line.options).join(', ')} <span className="mono">{line.sku}</span>
                      </small>
                    </div>
                  </div>
                </td>
                <td className="end num">{line.quantity}</td>
                <td className="end num">{formatMoney(line.unitPrice)}</td>
                <td className="end num">{formatMoney(line.total)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableRegion>
    </section>
  )
}

export function MoneyBox({ order }: { order: Order }) {
  const isPaid = order.paymentStatus !== 'unpaid'
  const pairs: Pair[] = [
    { term: 'Subtotal', value: formatMoney(order.subtotal) },
    ...(order.discount.amount > 0
      ? [
          {
            term: `Discount ${order.promotion?.code ?? ''}`,
            value: `−${formatMoney(order.discount)}`,
            kind: 'saving' as const,
          },
        ]
      : []),
    { term: `Delivery, ${order.shippingMethodName.toLowerCase()}`, value: formatMoney(order.shipping) },
    { term: order.taxIncluded ? 'Tax included' : 'Tax', value: formatMoney(order.tax) },
    { term: 'Total', value: formatMoney(order.total), kind: 'total' },
    { term: 'Captured', value: formatMoney(isPaid ? order.total : { ...order.total, amount: 0 }) },
    { term: 'Refunded', value: formatMoney(order.refundedTotal) },
  ]
  return (
    <section className="box" aria-labelledby="money">
      <h2 id="money">Money</h2>
      <Pairs items={pairs} />
    </section>
  )
}

export function TimelineBox({ order, canWrite }: { order: Order; canWrite: boolean }) {
  return (
    <section className="box" aria-labelledby="timeline">
      <h2 id="timeline">Timeline</h2>
      {canWrite && (
        <Form className="row note" method="post" key={order.notes?.length ?? 0}>
          <label className="sr" htmlFor="text">
            Note for colleagues
          </label>
          <input
            className="input"
            id="text"
            name="text"
            placeholder="Write a note for colleagues"
            maxLength={2000}
            required
          />
          <Button name="intent" value="note" type="submit">
            Add
          </Button>
        </Form>
      )}
      <ol className="timeline">
        {timelineOf(order).map((happening) => (
          <li key={`${happening.at} ${happening.text}`}>
            <span className={happening.tone === 'plain' ? 'dot' : `dot dot--${happening.tone}`}>
              <Icon name={happening.icon} />
            </span>
            <div>
              <p>{happening.text}</p>
              <small>
                {happening.actor}, <time dateTime={happening.at}>{formatDateTime(happening.at)}</time>
              </small>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

function AddressBox({ id, title, address }: { id: string; title: string; address: Address }) {
  const lines = [
    address.name,
    address.line1,
    address.line2,
    `${address.postalCode} ${address.city}`,
    address.region,
    formatCountry(address.country),
    address.phone,
  ].filter(Boolean)
  return (
    <section className="box" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <address className="soft">
        {lines.map((line) => (
          <span key={line}>
            {line}
            <br />
          </span>
        ))}
      </address>
    </section>
  )
}

function PaymentBox({ payment }: { payment: PaymentView }) {
  const pairs: Pair[] = [
    { term: 'Status', value: payment.status.replaceAll('_', ' ') },
    { term: 'Amount', value: formatMoney(payment.amount) },
    { term: 'Stripe', value: <span className="mono">{payment.intentId}</span> },
    ...(payment.lastFailure ? [{ term: 'Last failure', value: payment.lastFailure.message }] : []),
  ]
  return (
    <section className="box" aria-labelledby="payment">
      <h2 id="payment">Payment</h2>
      <Pairs items={pairs} />
    </section>
  )
}

export function OrderSide({ order, payment }: { order: Order; payment: PaymentView | null }) {
  const { shipping, billing } = order.addresses
  const isSame = JSON.stringify(shipping) === JSON.stringify(billing)
  return (
    <div className="stack">
      <section className="box stack stack--tight" aria-labelledby="customer">
        <h2 id="customer">Customer</h2>
        <p className="row">
          <span className="avatar" aria-hidden="true">
            {initialsOf(shipping.name)}
          </span>
          <span>
            {order.customerId ? (
              <Link to={`/admin/customers/${order.customerId}`}>{shipping.name}</Link>
            ) : (
              `${shipping.name}, guest`
            )}
          </span>
        </p>
        <p className="soft">{order.email}</p>
        <p>
          <Link to={`/admin/messages?to=${encodeURIComponent(order.email)}`}>Messages to this address</Link>
        </p>
      </section>
      {payment && <PaymentBox payment={payment} />}
      <AddressBox id="ship-to" title="Goes to" address={shipping} />
      {isSame ? (
        <section className="box" aria-labelledby="bill-to">
          <h2 id="bill-to">Bill to</h2>
          <p className="soft">The same address</p>
        </section>
      ) : (
        <AddressBox id="bill-to" title="Bill to" address={billing} />
      )}
    </div>
  )
}
