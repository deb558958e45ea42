import type { Order, Quote } from '@vitrine/contracts/orders'
import { count, formatMoney } from '#app/format.ts'
import { Icon } from '#app/ui/icon.tsx'
import type { Pair } from '#app/ui/pairs.tsx'
import { Pairs } from '#app/ui/pairs.tsx'
import { Thumbnail } from '#app/ui/picture.tsx'

type Sum = Pick<
  Order | Quote,
  'lines' | 'subtotal' | 'discount' | 'shipping' | 'tax' | 'taxIncluded' | 'total' | 'promotion'
>

/** Subtotal, discount, delivery, tax and total of a quote or an order. */
export function sumPairs(sum: Sum, shippingName?: string): Pair[] {
  const pairs: Pair[] = [{ term: 'Subtotal', value: formatMoney(sum.subtotal) }]
  if (sum.discount.amount > 0) {
    pairs.push({ term: sum.promotion?.code ?? 'Discount', value: `−${formatMoney(sum.discount)}`, kind: 'saving' })
  }
  pairs.push({
    term: shippingName ?? 'Delivery',
    value: sum.shipping.amount === 0 ? 'Free' : formatMoney(sum.shipping),
  })
  pairs.push({ term: sum.taxIncluded ? 'Tax included' : 'Tax', value: formatMoney(sum.tax) })
  pairs.push({ term: 'Total', value: formatMoney(sum.total), kind: 'total' })
  return pairs
}

export function SmallLines({ lines }: { lines: Sum['lines'] }) {
  return (
    <ul className="lines">
      {lines.map((line) => (
        <li key={line.sku} className="line line--small">
          <Thumbnail url={line.picture}>
            <span className="badge num">
              <span className="sr">Quantity </span>
              {line.quantity}
            </span>
          </Thumbnail>
          <div>
            <p className="medium">{line.title}</p>
            <p className="muted">{Object.values(line.options).join(', ')}</p>
          </div>
          <p className="line__sum">
            {formatMoney({ ...line.unitPrice, amount: line.unitPrice.amount * line.quantity })}
          </p>
        </li>
      ))}
    </ul>
  )
}

const itemCount = (lines: Sum['lines']) => lines.reduce((items, line) => items + line.quantity, 0)

/** The order folded into one line, for phones: the total always shows. */
export function FoldedSum({ sum, shippingName }: { sum: Sum; shippingName?: string }) {
  return (
    <details className="peek only-narrow">
      <summary>
        <span>
          <Icon name="bag" />
          {count(itemCount(sum.lines), 'item')}, show <Icon name="chevron-down" />
        </span>
        <b className="num">{formatMoney(sum.total)}</b>
      </summary>
      <SmallLines lines={sum.lines} />
      <Pairs items={sumPairs(sum, shippingName)} isSmall />
    </details>
  )
}

/** The order beside the form. */
export function SideSum({
  sum,
  shippingName,
  children,
}: {
  sum: Sum
  shippingName?: string
  children?: React.ReactNode
}) {
  return (
    <aside className="pay__summary only-wide" aria-labelledby="order-sum">
      <div className="stack">
        <h2 id="order-sum">Your order</h2>
        <SmallLines lines={sum.lines} />
        <Pairs items={sumPairs(sum, shippingName)} isSmall />
        {children}
      </div>
    </aside>
  )
}
