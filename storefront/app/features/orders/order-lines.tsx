import type { Order } from '@vitrine/contracts/orders'
import { formatMoney } from '#app/format.ts'
import { Thumbnail } from '#app/ui/picture.tsx'

/** What was bought, as it was named and priced then. */
export function OrderLines({ lines, canReview = false }: { lines: Order['lines']; canReview?: boolean }) {
  return (
    <ul className="lines l">
      {lines.map((line) => (
        <li key={line.sku} className="line">
          <Thumbnail url={line.picture} />
          <div>
            <p className="medium">{line.title}</p>
            <p className="small muted">{Object.values(line.options).join(', ')}</p>
            <p className="small muted num">
              {line.quantity} × {formatMoney(line.unitPrice)}
            </p>
            {canReview && (
              <p className="small">
                <a href={`/products/${line.slug}/review`}>
                  Write a review<span className="sr"> of {line.title}</span>
                </a>
              </p>
            )}
          </div>
          <p className="line__sum">{formatMoney(line.total)}</p>
        </li>
      ))}
    </ul>
  )
}
