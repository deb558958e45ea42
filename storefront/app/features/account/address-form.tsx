import { AddressFields } from '#app/features/checkout/address-fields.tsx'
import { buttonClass } from '#app/ui/button.tsx'
import { CheckField, TextField } from '#app/ui/field.tsx'

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
      <AddressFields values={values} errors={errors} />
      <div className="fields">
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
