import type { FormState } from '#app/features/admin-products/details-fields.tsx'
import { combinationKey, combinationTitle } from '#app/features/admin-products/matrix.ts'
import type { VariantRow } from '#app/features/admin-products/product-form.ts'
import { TableRegion } from '#app/features/admin-shell/page-parts.tsx'
import { FieldError } from '#app/ui/field.tsx'

const COLUMNS = [
  { name: 'sku', label: 'SKU', className: 'input mono', inputMode: 'text' },
  { name: 'price', label: 'Price', className: 'input input--money', inputMode: 'decimal' },
  { name: 'was', label: 'Was', className: 'input input--money', inputMode: 'decimal' },
  { name: 'onHand', label: 'On hand', className: 'input input--money', inputMode: 'numeric' },
] as const

function Row({ row, values, errors }: FormState & { row: VariantRow }) {
  const key = combinationKey(row.options)
  const title = combinationTitle(row.options)
  return (
    <tr>
      <th scope="row">{title}</th>
      {COLUMNS.map(({ name, label, className, inputMode }) => {
        const field = `${name}.${key}`
        return (
          <td key={name}>
            <input
              className={className}
              name={field}
              aria-label={name === 'was' ? `Was for ${title}` : `${label} of ${title}`}
              inputMode={inputMode}
              defaultValue={values[field]}
              placeholder={row[name] || (name === 'price' ? '0.00' : '')}
              aria-invalid={errors[field] ? true : undefined}
              aria-describedby={errors[field] ? 'rows-errors' : undefined}
              autoComplete="off"
            />
          </td>
        )
      })}
    </tr>
  )
}

/** One line for each combination. An empty field means what stands in it greyed: the suggested SKU, the common price, no stock. */
export function NewVariantGrid({ rows, values, errors }: FormState & { rows: VariantRow[] }) {
  const keys = rows.map(({ options }) => combinationKey(options))
  const messages = keys.flatMap((key) => COLUMNS.flatMap(({ name }) => errors[`${name}.${key}`] ?? []))
  return (
    <>
      <TableRegion label="Variants table">
        <table className="table table--grid">
          <thead>
            <tr>
              <th scope="col">Variant</th>
              <th scope="col">SKU</th>
              <th scope="col" className="end">
                Price, €
              </th>
              <th scope="col" className="end">
                Was, €
              </th>
              <th scope="col" className="end">
                On hand
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <Row key={keys[index]} row={row} values={values} errors={errors} />
            ))}
          </tbody>
        </table>
      </TableRegion>
      {messages.length > 0 && (
        <div className="foot-row" id="rows-errors">
          {[...new Set(messages)].map((message) => (
            <FieldError key={message}>{message}</FieldError>
          ))}
        </div>
      )}
    </>
  )
}
