import { COUNTRIES } from '#app/features/checkout/countries.ts'
import { formatCountry } from '#app/format.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { CheckField, SelectField, TextField } from '#app/ui/field.tsx'

interface AddressFormProps {
  values: Record<string, string | undefined>
  errors: Record<string, string[] | undefined>
  /** The address to change; without one a new one is added. */
  id?: string | undefined
  isDefault?: boolean
}

/** A new address for the account, or one to change. */
export function AddressForm({ values, errors, id, isDefault = false }: AddressFormProps) {
  return (
    <form className="box stack has-fields" method="post" action="/account/addresses" id="address">
      <h2>{id ? 'Change the address' : 'Add an address'}</h2>
      {id && <input type="hidden" name="id" value={id} />}
      <div className="fields">
        <SelectField
          name="country"
          label="Country"
          defaultValue={values.country ?? COUNTRIES[0]}
          errors={errors.country}
        >
          {COUNTRIES.map((code) => (
            <option key={code} value={code}>
              {formatCountry(code)}
            </option>
          ))}
        </SelectField>
        <TextField name="name" label="Full name" autoComplete="name" defaultValue={values.name} errors={errors.name} />
        <TextField
          name="line1"
          label="Street and number"
          autoComplete="address-line1"
          defaultValue={values.line1}
          errors={errors.line1}
        />
        <TextField
          name="postalCode"
          label="Postcode"
          autoComplete="postal-code"
          defaultValue={values.postalCode}
          errors={errors.postalCode}
          span="span-2"
        />
        <TextField
          name="city"
          label="Town"
          autoComplete="address-level2"
          defaultValue={values.city}
          errors={errors.city}
          span="span-4"
        />
        <TextField
          name="phone"
          label="Phone"
          type="tel"
          autoComplete="tel"
          isOptional
          defaultValue={values.phone}
          errors={errors.phone}
          span="span-3"
        />
        <TextField
          name="label"
          label="What you call it"
          isOptional
          placeholder="Home"
          defaultValue={values.label}
          errors={errors.label}
          span="span-3"
        />
      </div>
      {!isDefault && <CheckField name="isDefault" value="yes" label="Use it first at checkout" />}
      <p className="row">
        <button className={buttonClass({ tone: 'primary' })} type="submit">
          Save the address
        </button>
        {id && <a href="/account/addresses">Leave it as it is</a>}
      </p>
    </form>
  )
}
