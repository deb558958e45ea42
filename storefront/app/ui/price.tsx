import type { Money } from '@vitrine/contracts/money'
import { formatMoney, formatMoneyShort } from '#app/format.ts'

interface PriceProps {
  now: Money
  was?: Money
  /** The dearest variant when prices differ. */
  upTo?: Money
  isShort?: boolean
}

/** A price; only a lowered one is red and says what it was. */
export function Price({ now, was, upTo, isShort = false }: PriceProps) {
  const format = isShort ? formatMoneyShort : formatMoney
  const isLowered = was !== undefined && was.amount > now.amount
  const isRange = upTo !== undefined && upTo.amount > now.amount
  return (
    <span className="price num">
      <ins>
        {isLowered && <span className="sr">Now </span>}
        {isRange && 'from '}
        {format(now)}
      </ins>
      {isLowered && (
        <>
          {' '}
          <del>
            <span className="sr">Was </span>
            {format(was)}
          </del>
        </>
      )}
    </span>
  )
}
