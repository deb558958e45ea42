import type { CartLine as Line } from '@vitrine/contracts/cart'
import { formatMoney } from '#app/format.ts'
import { Notice } from '#app/ui/notice.tsx'
import { Thumbnail } from '#app/ui/picture.tsx'
import { Quantity } from '#app/ui/quantity.tsx'

const FEW = 3

const optionsText = (options: Record<string, string>) => Object.values(options).join(', ')

interface CartLineProps {
  line: Line
  /** `drawer`: the answer is the drawer again. */
  view: 'page' | 'drawer'
}

/** Setting the quantity anew takes today's price for seen. */
function AcceptPrice({ line, view }: CartLineProps) {
  return (
    <form className="inline-form" method="post" action="/cart" data-cart-form>
      <input type="hidden" name="sku" value={line.sku} />
      <input type="hidden" name="quantity" value={line.quantity} />
      {view === 'drawer' && <input type="hidden" name="view" value="drawer" />}
      <button className="link" type="submit">
        That is fine<span className="sr">, take the new price of {line.product.title}</span>
      </button>
    </form>
  )
}

function LineNotices({ line, view }: CartLineProps) {
  return line.notices.map((notice) => (
    <Notice key={notice.code} tone="warning" role="status">
      {notice.previousPrice ? (
        <>
          The price changed since you added it: <del>{formatMoney(notice.previousPrice)}</del>{' '}
          <b className="strong">{formatMoney(line.unitPrice)}</b>. <AcceptPrice line={line} view={view} />
        </>
      ) : (
        notice.message
      )}
    </Notice>
  ))
}

/** One thing in the cart. Its form works without a script; every button sends the whole line. */
export function CartLine({ line, view }: CartLineProps) {
  const { product } = line
  const name = product.title
  return (
    <li className="line">
      <Thumbnail url={product.picture} />
      <div>
        <h3>
          <a className="plain" href={`/products/${product.slug}?${new URLSearchParams(product.options)}`}>
            {name}
          </a>
        </h3>
        <p className="small muted">{optionsText(product.options)}</p>
        {view === 'page' && <p className="small num">{formatMoney(line.unitPrice)} each</p>}
        {line.available > 0 && line.available <= FEW && <p className="stock stock--low">Only {line.available} left</p>}
        {line.available === 0 && <p className="stock stock--out">Out of stock</p>}
      </div>
      <p className="line__sum">{formatMoney(line.lineTotal)}</p>
      <form className="line__tools" method="post" action="/cart" data-cart-form>
        <input type="hidden" name="sku" value={line.sku} />
        {view === 'drawer' && <input type="hidden" name="view" value="drawer" />}
        <button className="sr" type="submit" tabIndex={-1}>
          Set the quantity of {name}
        </button>
        <Quantity
          id={`quantity-${view}-${line.sku}`}
          label={`Quantity of ${name}`}
          value={line.quantity}
          max={line.available}
          size="small"
        />
        <button className="link link--muted" type="submit" name="remove" value="yes">
          Remove<span className="sr"> {name}</span>
        </button>
        {view === 'page' && product.isSellable && (
          <button className="link link--muted" type="submit" name="later" value={product.id}>
            Save for later<span className="sr">: {name}</span>
          </button>
        )}
      </form>
      <LineNotices line={line} view={view} />
    </li>
  )
}
