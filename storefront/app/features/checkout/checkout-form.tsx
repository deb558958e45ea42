import type { SavedAddress } from '@vitrine/contracts/auth'
import type { Quote } from '@vitrine/contracts/orders'
import { AddressStep } from '#app/features/checkout/address-step.tsx'
import { Step } from '#app/features/checkout/step.tsx'
import { count, formatMoney } from '#app/format.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { FieldError, TextField } from '#app/ui/field.tsx'

type Values = Record<string, string | undefined>
type Errors = Record<string, string[] | undefined>

interface PartProps {
  values: Values
  errors: Errors
}

function Contact({ values, errors, isSignedIn }: PartProps & { isSignedIn: boolean }) {
  return (
    <Step number={1} title="Contact">
      <TextField
        name="email"
        label="E-mail"
        type="email"
        autoComplete="email"
        inputMode="email"
        placeholder="you@example.com"
        defaultValue={values.email}
        errors={errors.email}
        hint="For the receipt and the tracking number. Nothing else."
      />
      {!isSignedIn && (
        <p className="small muted">
          You order as a guest. Have an account? <a href="/login?to=/checkout">Sign in</a> to use a saved address.
        </p>
      )}
    </Step>
  )
}

function Delivery({ quote, errors }: { quote: Quote; errors: Errors }) {
  return (
    <Step number={3} title="Delivery">
      <fieldset>
        <legend className="sr">Delivery method</legend>
        {quote.shippingMethods.map((method) => (
          <label key={`${quote.country} ${method.id}`} className="choice">
            <input
              type="radio"
              name="shippingMethod"
              value={method.id}
              defaultChecked={method.id === quote.shippingMethod}
            />
            <span>
              <b className="medium">{method.name}</b>
              <br />
              <span className="small muted">{method.estimate}</span>
            </span>
            <span className="choice__end">{method.price.amount === 0 ? 'Free' : formatMoney(method.price)}</span>
          </label>
        ))}
        {errors.shippingMethod && <FieldError id="shippingMethod-note">{errors.shippingMethod[0]}</FieldError>}
      </fieldset>
      <p className="row no-script">
        <button className={buttonClass({ size: 'small' })} type="submit" name="intent" value="update" formNoValidate>
          Update the total
        </button>
      </p>
    </Step>
  )
}

interface CheckoutFormProps extends PartProps {
  quote: Quote
  /** Names this attempt: sending the same form twice makes one order. */
  attemptKey: string
  saved: SavedAddress[]
  isSignedIn: boolean
  isBusy: boolean
}

/** What each item cost when this page was made, so that the next one can tell what changed. */
const shownPrices = ({ lines }: Quote) => lines.map(({ sku, unitPrice }) => `${sku}=${unitPrice.amount}`).join(' ')

const itemCount = (quote: Quote) => quote.lines.reduce((items, line) => items + line.quantity, 0)

/** Contact, address, delivery and review as one form; it works without a script. */
export function CheckoutForm(props: CheckoutFormProps) {
  const { quote, values, errors, attemptKey, saved, isSignedIn, isBusy } = props
  return (
    <>
      {/* Enter in a field presses the first button of the form: it must be the one that goes on. */}
      <button className="sr" type="submit" name="intent" value="place" tabIndex={-1} aria-hidden="true" />
      <input type="hidden" name="attempt" value={attemptKey} />
      <input type="hidden" name="expectedAmount" value={quote.total.amount} />
      <input type="hidden" name="expectedCurrency" value={quote.total.currency} />
      <input type="hidden" name="shownPrices" value={shownPrices(quote)} />
      <Contact values={values} errors={errors} isSignedIn={isSignedIn} />
      <AddressStep values={values} errors={errors} saved={saved} isSignedIn={isSignedIn} />
      <Delivery quote={quote} errors={errors} />
      <Step number={4} title="Review">
        <p className="soft small">
          {count(itemCount(quote), 'item')}, {formatMoney(quote.total)} with delivery and tax. Card data is asked for on
          the next page; you can go back until you pay, and send things back within 30 days.
        </p>
        <button
          className={buttonClass({ tone: 'primary', size: 'big', isBlock: true })}
          type="submit"
          name="intent"
          value="place"
          aria-busy={isBusy || undefined}
        >
          Continue to payment, {formatMoney(quote.total)}
        </button>
      </Step>
    </>
  )
}
