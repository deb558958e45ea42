import type { Product, Variant } from '@vitrine/contracts/catalog'
import type { Selection } from '#app/features/catalog/choose-variant.ts'
import { NotifyForm } from '#app/features/catalog/notify-form.tsx'
import { Options } from '#app/features/catalog/options.tsx'
import { formatMoney } from '#app/format.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { NumberStepper } from '#app/ui/number-stepper.tsx'
import { Price } from '#app/ui/price.tsx'
import { Rating } from '#app/ui/rating.tsx'
import { Stock } from '#app/ui/stock.tsx'

const MOST = 99

interface BuyBoxProps {
  product: Product
  variant: Variant | undefined
  selection: Selection
  /** What the shopper should know after trying to add it. */
  problem: string | null
  /** They just asked to be told when it is back. */
  isTold: boolean
}

const describeSelection = (selection: Selection) => Object.values(selection).join(', ')

function BuyForm({ product, variant, problem, isTold }: Omit<BuyBoxProps, 'selection'>) {
  if (variant?.available === 0) return <NotifyForm {...{ product, variant, problem, isTold }} />
  if (!variant) {
    return (
      <p>
        <a className={buttonClass({ size: 'big' })} href={`/categories/${product.category}?inStock=true`}>
          See what is like it
        </a>
      </p>
    )
  }
  return (
    <form id="buy" method="post" action="/cart/add" className="buy__row" data-add-to-cart>
      <input type="hidden" name="sku" value={variant.sku} />
      <NumberStepper id="quantity" name="quantity" label="Quantity" max={Math.min(MOST, variant.available)} />
      <button className={buttonClass({ tone: 'primary', size: 'big' })} type="submit">
        Add to cart
      </button>
      {variant.available < MOST && (
        <p className="small muted" role="status" data-cap={`${variant.available} is all we have.`} />
      )}
      {problem && (
        <p className="field__error" role="alert">
          <Icon name="warning" />
          <span>{problem}</span>
        </p>
      )}
    </form>
  )
}

function Promises() {
  return (
    <ul className="promises">
      <li>
        <Icon name="truck" />
        <span>
          <b className="medium">At your door in 3 to 5 working days</b>
          <br />
          <span className="muted">Or in 1 to 2 with express delivery.</span>
        </span>
      </li>
      <li>
        <Icon name="return" />
        <span>30 days to change your mind.</span>
      </li>
      <li>
        <Icon name="shield" />
        <span>Three years of warranty.</span>
      </li>
    </ul>
  )
}

/** Blank lines part the paragraphs. A product may have no words yet. */
function Description({ text }: { text: string }) {
  const paragraphs = text.split(/\n+/).filter((paragraph) => paragraph.trim())
  if (paragraphs.length === 0) return null
  return (
    <details className="details" open>
      <summary>
        <h2>About it</h2>
        <Icon name="chevron-down" />
      </summary>
      <div className="stack soft">
        {paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
    </details>
  )
}

/** Name, price, options, stock and the button: everything on which the decision is made. */
export function BuyBox({ product, variant, selection, problem, isTold }: BuyBoxProps) {
  return (
    <div className="buy">
      <div className="stack stack--tight">
        {product.brand && (
          <p className="small">
            <a className="plain muted" href={`/products?brand=${encodeURIComponent(product.brand)}`}>
              {product.brand}
            </a>
          </p>
        )}
        <h1>{product.title}</h1>
        {product.rating.count > 0 && (
          <p className="row">
            <a className="plain" href="#reviews">
              <Rating {...product.rating} />
            </a>
          </p>
        )}
      </div>
      <div>
        <p>
          {variant ? (
            <Price now={variant.price} was={variant.compareAtPrice} />
          ) : (
            <Price now={product.priceRange.min} upTo={product.priceRange.max} />
          )}
        </p>
        <p className="small muted">Tax included. Delivery is added at checkout.</p>
      </div>
      <Options product={product} selection={selection} />
      <Stock
        available={variant?.available ?? 0}
        of={describeSelection(selection) && `in ${describeSelection(selection)}`}
        isLive
      />
      <BuyForm {...{ product, variant, problem, isTold }} />
      <form id="wish" method="post" action="/wishlist">
        <input type="hidden" name="product" value={product.id} />
        <button className={buttonClass({ tone: 'quiet', size: 'small' })} type="submit">
          <Icon name="heart" />
          Keep for later
        </button>
      </form>
      <Promises />
      <Description text={product.description} />
    </div>
  )
}

/** The bar that stays at the bottom of a phone. Its button sends the same form. */
export function BuyBar({ product, variant, selection }: Omit<BuyBoxProps, 'problem' | 'isTold'>) {
  if (!variant || variant.available === 0) return null
  return (
    <div className="buybar">
      <p>
        <span className="medium">{[product.title, describeSelection(selection)].filter(Boolean).join(', ')}</span>
        <span className="num">{formatMoney(variant.price)}</span>
      </p>
      <button className={buttonClass({ tone: 'primary' })} type="submit" form="buy">
        Add to cart
      </button>
    </div>
  )
}
