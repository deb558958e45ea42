import type { SavedAddress } from '@vitrine/contracts/auth'
import { useState } from 'react'
import { AddressFields } from '#app/features/checkout/address-fields.tsx'
import { Step } from '#app/features/checkout/step.tsx'
import { addressText } from '#app/features/orders/address-lines.tsx'
import { CheckField } from '#app/ui/field.tsx'

type Values = Record<string, string | undefined>
type Errors = Record<string, string[] | undefined>

/** What the radio cards send instead of an id, for an address typed in. */
export const NEW_ADDRESS = 'new'

interface AddressStepProps {
  values: Values
  errors: Errors
  saved: SavedAddress[]
  isSignedIn: boolean
}

function chosenAddress(saved: SavedAddress[], values: Values): string {
  if (values.addressId) return values.addressId
  const first = saved.find((one) => one.isDefault) ?? saved[0]
  return values.line1 || !first ? NEW_ADDRESS : first.id
}

function SavedChoices({ saved, chosen }: { saved: SavedAddress[]; chosen: string }) {
  return (
    <fieldset>
      <legend className="sr">Deliver to</legend>
      {saved.map((address) => (
        <label key={address.id} className="choice">
          <input
            type="radio"
            name="addressId"
            value={address.id}
            data-country={address.country}
            defaultChecked={address.id === chosen}
          />
          <span>
            <b className="medium">{address.label || address.name}</b>
            <br />
            <span className="small muted">{addressText(address.label ? address : { ...address, name: '' })}</span>
          </span>
        </label>
      ))}
      <label className="choice">
        <input type="radio" name="addressId" value={NEW_ADDRESS} defaultChecked={chosen === NEW_ADDRESS} />
        <span className="medium">Another address</span>
      </label>
    </fieldset>
  )
}

/** Errors of one address of the contract, by the name of the field alone. */
function errorsIn(errors: Errors, address: 'shippingAddress' | 'billingAddress'): Errors {
  const found = Object.entries(errors).filter(([name]) => name.startsWith(`${address}.`))
  return Object.fromEntries(found.map(([name, messages]) => [name.slice(address.length + 1), messages]))
}

/** Where the bill goes when it goes elsewhere. Without a script the fields come with the next answer. */
function Billing({ values, errors }: { values: Values; errors: Errors }) {
  const [isSame, setSame] = useState(values.billingAsked === undefined || values.billingSame !== undefined)
  return (
    <>
      <input type="hidden" name="billingAsked" value="yes" />
      <CheckField
        name="billingSame"
        value="yes"
        label="The bill goes to the same address"
        defaultChecked={isSame}
        onChange={(event) => setSame(event.target.checked)}
      />
      {!isSame && (
        <fieldset className="stack">
          <legend className="medium mb">The bill goes to</legend>
          <AddressFields
            values={values}
            errors={errorsIn(errors, 'billingAddress')}
            prefix="billing."
            purpose="billing"
            isRequired={false}
          />
        </fieldset>
      )}
    </>
  )
}

/** A saved address, or one typed in, which a signed-in person may keep. */
export function AddressStep({ values, errors, saved, isSignedIn }: AddressStepProps) {
  const chosen = chosenAddress(saved, values)
  return (
    <Step number={2} title="Address">
      {saved.length > 0 && <SavedChoices saved={saved} chosen={chosen} />}
      <div className="has-fields stack new-address">
        <AddressFields
          values={values}
          errors={errorsIn(errors, 'shippingAddress')}
          purpose="shipping"
          isRequired={saved.length === 0}
        />
        {isSignedIn && (
          <CheckField
            name="keepAddress"
            value="yes"
            label="Keep it for the next order"
            defaultChecked={values.keepAddress === 'yes'}
          />
        )}
      </div>
      <div className="has-fields stack">
        <Billing values={values} errors={errors} />
      </div>
    </Step>
  )
}
