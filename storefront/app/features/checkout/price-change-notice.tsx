import type { PriceChange } from '#app/features/checkout/price-change.ts'
import { formatMoney } from '#app/format.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { Notice } from '#app/ui/notice.tsx'

function Change({ before, after }: Pick<PriceChange, 'before' | 'after'>) {
  return (
    <>
      <del>
        <span className="sr">Was </span>
        {formatMoney(before)}
      </del>{' '}
      <ins className="strong">
        <span className="sr">Now </span>
        {formatMoney(after)}
      </ins>
    </>
  )
}

/** The total is another one than the page had shown: old and new, why, and the way on. `form` is the checkout. */
export function PriceChangeNotice({ change, form }: { change: PriceChange; form: string }) {
  return (
    <Notice tone="warning" role="alert" title="The total changed while you were here.">
      <p>
        <Change before={change.before} after={change.after} />. Nothing was ordered and nothing was charged.
      </p>
      {change.lines.length > 0 && (
        <ul className="bullets">
          {change.lines.map((line) => (
            <li key={line.title}>
              {line.title}: <Change before={line.before} after={line.after} />
            </li>
          ))}
        </ul>
      )}
      <p className="row mt">
        <button className={buttonClass({ size: 'small' })} type="submit" form={form} name="intent" value="place">
          That is fine, continue with {formatMoney(change.after)}
        </button>
        <a className="small" href="/cart">
          Look at the cart
        </a>
      </p>
    </Notice>
  )
}
