import type { Order } from '@vitrine/contracts/orders'
import { TableRegion } from '#app/features/admin-shell/page-parts.tsx'
import { sumPairs } from '#app/features/checkout/order-sum.tsx'
import { AddressLines } from '#app/features/orders/address-lines.tsx'
import { count, formatDate, formatMoney } from '#app/format.ts'
import { Button } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Logo } from '#app/ui/logo.tsx'
import { Pairs } from '#app/ui/pairs.tsx'

export function PrintButton() {
  return (
    <Button type="button" className="needs-script no-print" onClick={() => window.print()}>
      <Icon name="print" />
      Print
    </Button>
  )
}

const paidAt = (order: Order): string => order.timeline.find(({ type }) => type === 'confirmed')?.at ?? order.createdAt

function SheetHead({ title, order, facts }: { title: string; order: Order; facts: [string, string][] }) {
  return (
    <header className="sheet__head">
      <div>
        <Logo />
        <h1>
          {title} <span className="nowrap">{order.number}</span>
        </h1>
      </div>
      <dl className="pairs small">
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  )
}

const optionsOf = (line: Order['lines'][number]): string => Object.values(line.options).join(', ')

/** What goes into the parcel: no prices, because it may be a present. */
export function PackingSlip({ order }: { order: Order }) {
  const items = order.lines.reduce((sum, line) => sum + line.quantity, 0)
  return (
    <article className="sheet box">
      <SheetHead
        title="Packing slip"
        order={order}
        facts={[
          ['Ordered', formatDate(order.createdAt)],
          ['Delivery', order.shippingMethodName],
          ...(order.shipment ? [[order.shipment.carrier, order.shipment.tracking] as [string, string]] : []),
        ]}
      />
      <section className="sheet__addresses" aria-label="Address">
        <div>
          <h2>Goes to</h2>
          <AddressLines address={order.addresses.shipping} />
          {order.addresses.shipping.phone && <p className="small">{order.addresses.shipping.phone}</p>}
        </div>
      </section>
      <TableRegion label="Items">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Packed</th>
              <th scope="col">Item</th>
              <th scope="col">SKU</th>
              <th scope="col" className="end">
                Quantity
              </th>
            </tr>
          </thead>
          <tbody>
            {order.lines.map((line) => (
              <tr key={line.sku}>
                <td>
                  <span className="tick" aria-hidden="true" />
                </td>
                <td>
                  {line.title}
                  {optionsOf(line) && <small>{optionsOf(line)}</small>}
                </td>
                <td className="mono">{line.sku}</td>
                <td className="end num">{line.quantity}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableRegion>
      <p className="soft">{count(items, 'item')} in all. Anything can be sent back within 30 days.</p>
    </article>
  )
}

function InvoiceLines({ order }: { order: Order }) {
  return (
    <TableRegion label="Items">
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
              {order.taxIncluded ? 'Tax in it' : 'Tax'}
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
                {line.title}
                <small>{[optionsOf(line), line.sku].filter(Boolean).join(', ')}</small>
              </td>
              <td className="end num">{line.quantity}</td>
              <td className="end num">{formatMoney(line.unitPrice)}</td>
              <td className="end num">{formatMoney(line.tax)}</td>
              <td className="end num">{formatMoney(line.total)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableRegion>
  )
}

/** What was bought and paid, for the buyer's papers. */
export function Invoice({ order }: { order: Order }) {
  const refunds = order.refunds.filter(({ status }) => status === 'succeeded')
  const money =
    order.refundedTotal.amount > 0 ? [{ term: 'Refunded', value: `−${formatMoney(order.refundedTotal)}` }] : []
  return (
    <article className="sheet box">
      <SheetHead
        title="Invoice"
        order={order}
        facts={[
          ['Invoice date', formatDate(paidAt(order))],
          ['Paid by', 'Card'],
          ['E-mail', order.email],
        ]}
      />
      <section className="sheet__addresses" aria-label="Addresses">
        <div>
          <h2>Billed to</h2>
          <AddressLines address={order.addresses.billing} />
        </div>
        <div>
          <h2>Delivered to</h2>
          <AddressLines address={order.addresses.shipping} />
        </div>
      </section>
      <div className="scroll" tabIndex={0} role="region" aria-label="Items">
        <InvoiceLines order={order} />
      </div>
      <div className="sheet__sum">
        <Pairs items={[...sumPairs(order, order.shippingMethodName), ...money]} />
      </div>
      {refunds.length > 0 && (
        <p className="small soft">
          {refunds.map(({ at, amount }) => `${formatMoney(amount)} went back on ${formatDate(at)}.`).join(' ')}
        </p>
      )}
    </article>
  )
}
