import type { ReactNode } from 'react'

export interface Pair {
  term: ReactNode
  value: ReactNode
  kind?: 'total' | 'saving'
}

/** Names and values under each other, such as the lines of a sum. */
export function Pairs({ items, isSmall = false }: { items: Pair[]; isSmall?: boolean }) {
  return (
    <dl className={isSmall ? 'pairs small' : 'pairs'}>
      {items.map((item, index) => (
        // The lines of a sum never change their order.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <div key={index} className={item.kind}>
          <dt>{item.term}</dt>
          <dd>{item.value}</dd>
        </div>
      ))}
    </dl>
  )
}
