import { percentText, type Values } from '#app/features/admin-delivery/rates-form.ts'
import { formatCountry } from '#app/format.ts'
import { CheckField, TextField } from '#app/ui/field.tsx'

interface TaxBoxProps {
  taxPermille: Record<string, number>
  taxIncluded: boolean
  values: Values | null
  errors: Record<string, string[] | undefined>
  countries: readonly string[]
}

/** One rate a country; an empty one means no tax. */
export function TaxBox({ taxPermille, taxIncluded, values, errors, countries }: TaxBoxProps) {
  const codes = [...new Set([...Object.keys(taxPermille), ...countries])]
  const named = codes.map((code) => ({ code, name: formatCountry(code) }))
  return (
    <section className="box has-fields" aria-labelledby="tax">
      <h2 id="tax">Tax</h2>
      <CheckField
        name="taxIncluded"
        label="Prices of the catalog include tax"
        defaultChecked={values ? values.taxIncluded === 'on' : taxIncluded}
      />
      <p className="soft mb">Otherwise it is added on top. In percent, by country of delivery; empty means none.</p>
      <div className="fields fields--rates">
        {named
          .sort((one, other) => one.name.localeCompare(other.name, 'en'))
          .map(({ code, name }) => (
            <TextField
              key={code}
              name={`tax.${code}`}
              label={name}
              inputMode="decimal"
              className="input--money"
              defaultValue={values?.[`tax.${code}`] ?? (code in taxPermille ? percentText(taxPermille[code] ?? 0) : '')}
              errors={errors[`tax.${code}`]}
              required={false}
            />
          ))}
      </div>
    </section>
  )
}
