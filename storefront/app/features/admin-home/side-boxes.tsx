import { Link } from '@remix-run/react'
import type { InventoryLine } from '@vitrine/contracts/inventory'
import type { OrderStats } from '@vitrine/contracts/orders'
import { formatMoney } from '#app/format.ts'
import { Badge } from '#app/ui/badge.tsx'
import { Icon, type IconName } from '#app/ui/icon.tsx'
import { Pairs } from '#app/ui/pairs.tsx'

export interface Todo {
  to: string
  title: string
  icon: IconName
  count: number
  isAlarm?: boolean
}

export function TodoBox({ items }: { items: Todo[] }) {
  const open = items.filter(({ count }) => count > 0)
  return (
    <section className="box box--flush" aria-labelledby="todo">
      <h2 id="todo" className="pad">
        Waiting for you
      </h2>
      {open.length === 0 && <p className="pad soft">Nothing waits. Everything paid is on its way.</p>}
      <ul className="todo l">
        {open.map((item) => (
          <li key={item.title}>
            <Link className={item.isAlarm ? 'alarm' : undefined} to={item.to}>
              <Icon name={item.icon} />
              {item.title} <b>{item.count}</b>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function LowStockBox({ lines }: { lines: InventoryLine[] }) {
  if (lines.length === 0) return null
  const titleOf = ({ title, options }: InventoryLine) => [title, ...Object.values(options)].join(', ')
  return (
    <section className="box" aria-labelledby="low">
      <h2 id="low">Low stock</h2>
      <Pairs
        items={lines.map((line) => ({
          term: (
            <Link className="plain" to={`/admin/inventory/${encodeURIComponent(line.sku)}`}>
              {titleOf(line)}
            </Link>
          ),
          value: <Badge tone={line.available === 0 ? 'danger' : 'warning'}>{line.available} left</Badge>,
        }))}
      />
    </section>
  )
}

export function BestSellersBox({ products }: { products: OrderStats['topProducts'] }) {
  if (products.length === 0) return null
  return (
    <section className="box" aria-labelledby="best">
      <h2 id="best">Best sellers</h2>
      <Pairs
        items={products.slice(0, 6).map(({ sku, title, quantity, revenue }) => ({
          term: <span title={sku}>{title}</span>,
          value: <span className="nowrap">{`${quantity} × · ${formatMoney(revenue)}`}</span>,
        }))}
      />
    </section>
  )
}
