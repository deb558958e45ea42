import { useState } from 'react'
import { COUNTRIES } from '#app/features/checkout/countries.ts'
import { needsProvince, postalProblems } from '#app/features/checkout/postal-rules.ts'
import { formatCountry } from '#app/format.ts'
import { SelectField, TextField } from '#app/ui/field.tsx'

interface AddressFieldsProps {
  values: Record<string, string | undefined>
  /** By the name of the field alone. */
  errors: Record<string, string[] | undefined>
  /** Stands before every name, where a form holds two addresses. */
  prefix?: string
  /** What the browser fills in. */
  purpose?: 'shipping' | 'billing'
  /** False while the fields may be hidden: a browser refuses to send a form for a field it cannot show. */
  isRequired?: boolean
}

/** Where something goes. The province shows for the countries whose post needs it, without a script, too. */
export function AddressFields({ values, errors, prefix = '', purpose, isRequired = true }: AddressFieldsProps) {
  const [country, setCountry] = useState(values[`${prefix}country`] ?? COUNTRIES[0])
  const field = (name: string, autoComplete: string) => ({
    name: `${prefix}${name}`,
    autoComplete: purpose ? `${purpose} ${autoComplete}` : autoComplete,
    defaultValue: values[`${prefix}${name}`],
    errors: errors[name],
    required: isRequired,
  })
  const optional = (name: string, autoComplete: string) => ({
    ...field(name, autoComplete),
    isOptional: true,
    required: false,
  })
  const hasSecondLine = Boolean(values[`${prefix}line2`] || errors.line2)
  return (
    <div className="fields address-fields">
      <SelectField
        {...field('country', 'country')}
        label="Country"
        defaultValue={country}
        onChange={(event) => setCountry(event.target.value)}
      >
        {COUNTRIES.map((code) => (
          <option key={code} value={code} data-province={needsProvince(code) || undefined}>
            {formatCountry(code)}
          </option>
        ))}
      </SelectField>
      <TextField {...field('name', 'name')} label="Full name" />
      <TextField {...field('line1', 'address-line1')} label="Street and number" />
      <details className="small" open={hasSecondLine}>
        <summary className="link">Add a flat, a floor or a company</summary>
        <div className="mt">
          <TextField {...optional('line2', 'address-line2')} label="Flat, floor or company" />
        </div>
      </details>
      <TextField
        {...field('postalCode', 'postal-code')}
        label="Postcode"
        span="span-2"
        check={(postalCode) => postalProblems({ country, postalCode }).postalCode?.[0]}
      />
      <TextField {...field('city', 'address-level2')} label="Town" span="span-4" />
      <div className="province">
        <TextField {...field('region', 'address-level1')} required={false} label="Province" />
      </div>
      {purpose !== 'billing' && (
        <TextField
          {...optional('phone', 'tel')}
          label="Phone"
          type="tel"
          inputMode="tel"
          hint="Only the driver sees it."
        />
      )}
    </div>
  )
}
