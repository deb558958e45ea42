import type { CartView } from '@vitrine/contracts/cart'
import type { Quote } from '@vitrine/contracts/orders'
import { COUNTRIES } from '#app/features/checkout/countries.ts'
import { count, formatCountry, formatMoney, formatTime } from '#app/format.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { FieldError } from '#app/ui/field.tsx'
import { Icon } from '#app/ui/icon.tsx'
import type { Pair } from '#app/ui/pairs.tsx'
import { Pairs } from '#app/ui/pairs.tsx'

function pairsOf(cart: CartView, estimate: Quote | null): Pair[] {
  const pairs: Pair[] = [{ term: count(cart.itemCount, 'item'), value: formatMoney(cart.subtotal) }]
  if (cart.promotion && cart.discount.amount > 0) {
    pairs.push({ term: cart.promotion.code, value: `−${formatMoney(cart.discount)}`, kind: 'saving' })
  }
  if (!estimate) {
    const isFree = cart.promotion?.isFreeShipping ?? false
    pairs.push({ term: 'Delivery', value: isFree ? 'Free' : 'Chosen at checkout' })
    pairs.push({ term: 'Total without delivery', value: formatMoney(cart.total), kind: 'total' })
    return pairs
  }
  const { shipping, tax, taxIncluded, total, country } = estimate
  const delivery = shipping.amount === 0 ? 'Free' : formatMoney(shipping)
  pairs.push({ term: `Delivery to ${formatCountry(country)}, about`, value: delivery })
  pairs.push({ term: taxIncluded ? 'Tax included' : 'Tax', value: formatMoney(tax) })
  pairs.push({ term: 'Total, about', value: formatMoney(total), kind: 'total' })
  return pairs
}

/** How much more makes delivery free. */
function FreeDelivery({ estimate }: { estimate: Quote }) {
  const { freeShippingFrom: from, shipping, subtotal, discount } = estimate
  const missing = from ? from.amount - (subtotal.amount - discount.amount) : 0
  if (!from || shipping.amount === 0 || missing <= 0) return null
  return <p className="small soft">Delivery is free with {formatMoney({ ...from, amount: missing })} more.</p>
}

/** Another country to estimate for. */
function CountryForm({ country }: { country: string }) {
  return (
    <details className="small">
      <summary className="link">Deliver to another country</summary>
      <form action="/cart" className="row promo" data-submit-on-change>
        <label className="sr" htmlFor="country">
          Country
        </label>
        <select className="input" id="country" name="country" defaultValue={country}>
          {COUNTRIES.map((code) => (
            <option key={code} value={code}>
              {formatCountry(code)}
            </option>
          ))}
        </select>
        <button className={buttonClass()} type="submit">
          Estimate
        </button>
      </form>
    </details>
  )
}

interface PromotionFormProps {
  cart: CartView
  problem: string | null
  /** From the address of the page (`/cart?code=`): filled in, applied by the button. */
  offered: string
}

function PromotionForm({ cart, problem, offered }: PromotionFormProps) {
  if (cart.promotion) {
    return (
      <form method="post" action="/cart" className="row row--between small">
        <span>
          <b className="medium">{cart.promotion.code}</b> {cart.promotion.label}
        </span>
        <button className="link link--muted" type="submit" name="dropCode" value="yes">
          Take it off
        </button>
      </form>
    )
  }
  return (
    <details className="small" open={problem !== null || offered !== ''}>
      <summary className="link">Add a discount code</summary>
      <form method="post" action="/cart" className="row promo">
        <label className="sr" htmlFor="code">
          Discount code
        </label>
        <input
          type="text"
          className="input"
          id="code"
          name="code"
          autoCapitalize="characters"
          autoComplete="off"
          defaultValue={offered}
          required
          aria-invalid={problem !== null || undefined}
          aria-describedby={problem === null ? undefined : 'code-note'}
        />
        <button className={buttonClass()} type="submit">
          Apply
        </button>
        {problem !== null && <FieldError id="code-note">{problem}</FieldError>}
      </form>
    </details>
  )
}

/** The sum beside the cart, with the code field and the way on. */
export function CartSummary({
  cart,
  estimate,
  codeProblem,
  offeredCode,
  isSignedIn,
}: {
  cart: CartView
  /** With delivery and tax of a country; null while that cannot be told. */
  estimate: Quote | null
  codeProblem: string | null
  offeredCode: string
  isSignedIn: boolean
}) {
  return (
    <aside className="summary" aria-labelledby="sum">
      <div className="box stack">
        <h2 id="sum">Summary</h2>
        <Pairs items={pairsOf(cart, estimate)} />
        {cart.heldUntil && (
          <p className="small soft">
            We keep these for you until {formatTime(cart.heldUntil)}. Each change to the cart starts anew.
          </p>
        )}
        {estimate && <FreeDelivery estimate={estimate} />}
        {estimate && <CountryForm country={estimate.country} />}
        <PromotionForm cart={cart} problem={codeProblem} offered={offeredCode} />
        <a className={buttonClass({ tone: 'primary', size: 'big', isBlock: true })} href="/checkout">
          Checkout
        </a>
        <p className="small muted">No account needed. Tax and delivery are final after you enter the address.</p>
      </div>
      {!isSignedIn && (
        <p className="iconed small soft">
          <Icon name="person" />
          <span>
            <a href="/login?to=/cart">Sign in</a> to see your saved cart.
          </span>
        </p>
      )}
    </aside>
  )
}
