import type { ShippingRate, ShippingZone } from '@vitrine/contracts/shipping'
import { SPARE, tiersText, type Values } from '#app/features/admin-delivery/rates-form.ts'
import { TextField } from '#app/ui/field.tsx'

type Errors = Record<string, string[] | undefined>

interface RowProps {
  /** What the form held when it was refused. */
  values: Values | null
  errors: Errors
}

function MethodFields({ at, method, values, errors }: RowProps & { at: string; method: ShippingRate | undefined }) {
  const field = (name: string, label: string, saved: string | undefined, hint?: string) => (
    <TextField
      name={`${at}.${name}`}
      id={`${at}.${name}`}
      label={label}
      defaultValue={values?.[`${at}.${name}`] ?? saved}
      errors={errors[`${at}.${name}`]}
      hint={hint}
      span="span-2"
      isOptional={method === undefined}
    />
  )
  return (
    <div className="fields">
      <input type="hidden" name={`${at}.id`} value={method?.id ?? ''} />
      {field('name', method ? 'Way of delivery' : 'One more way', method?.name)}
      {field('estimate', 'How long it takes', method?.estimate)}
      {field('tiers', 'From basket worth: price', method && tiersText(method.tiers), 'In euro, such as 0: 4.90, 50: 0')}
    </div>
  )
}

/** One zone with its ways of delivery, and room for one more. Emptying a name removes what it names. */
export function ZoneBox({ index, zone, values, errors }: RowProps & { index: number; zone: ShippingZone | undefined }) {
  const at = `z${index}`
  const title = zone?.name ?? 'One more zone'
  const rows = Array.from({ length: (zone?.methods.length ?? 0) + SPARE }, (_, row) => row)
  return (
    <section className="box has-fields" aria-labelledby={`${at}-title`}>
      <h2 id={`${at}-title`}>{title}</h2>
      <div className="stack">
        <div className="fields">
          <input type="hidden" name={`${at}.id`} value={zone?.id ?? ''} />
          <TextField
            name={`${at}.name`}
            id={`${at}.name`}
            label="Name"
            defaultValue={values?.[`${at}.name`] ?? zone?.name}
            errors={errors[`${at}.name`]}
            span="span-2"
            isOptional
          />
          <TextField
            name={`${at}.countries`}
            id={`${at}.countries`}
            label="Countries"
            defaultValue={values?.[`${at}.countries`] ?? zone?.countries.join(', ')}
            errors={errors[`${at}.countries`]}
            hint="Two-letter codes. Empty: everywhere else."
            span="span-4"
            isOptional
          />
        </div>
        {rows.map((row) => (
          <MethodFields key={row} at={`m${index}.${row}`} method={zone?.methods[row]} values={values} errors={errors} />
        ))}
      </div>
    </section>
  )
}
