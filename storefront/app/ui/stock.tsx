const FEW = 3

interface StockProps {
  available: number
  /** What exactly, such as "in sand, wireless". */
  of?: string
  isLive?: boolean
}

/** A dot and words: in stock, only a few left, or out of stock. */
export function Stock({ available, of, isLive = false }: StockProps) {
  const suffix = of ? ` ${of}` : ''
  const role = isLive ? 'status' : undefined
  if (available === 0) {
    return (
      <p className="stock stock--out" role={role}>
        Out of stock{suffix}
      </p>
    )
  }
  if (available <= FEW) {
    return (
      <p className="stock stock--low" role={role}>
        Only {available} left{suffix}
      </p>
    )
  }
  return (
    <p className="stock" role={role}>
      In stock
    </p>
  )
}
