import { COUNTRIES } from '#app/features/checkout/countries.ts'
import { formatCountry } from '#app/format.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { CheckField, SelectField, TextField } from '#app/ui/field.tsx'

interface AddressFormProps {
  values: Record<string, string | undefined>
  errors: Record<string, string[] | undefined>
}

/** A new address for the account. */
export function AddressForm({ values, errors }: AddressFormProps) {
  return (
    <form className="box stack has-fields" method="post">
      <h2>Add an address</h2>
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
      </div>
      <CheckField name="isDefault" value="yes" label="Use it first at checkout" />
      <p>
        <button className={buttonClass({ tone: 'primary' })} type="submit">
          Save the address
        </button>
      </p>
    </form>
  )
}
