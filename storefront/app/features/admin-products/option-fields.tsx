import type { OptionText } from '#app/features/admin-products/matrix.ts'
import { FieldError } from '#app/ui/field.tsx'

interface OptionFieldsProps {
  lines: OptionText[]
  errors?: string[]
}

function OptionLine({ index, line }: { index: number; line: OptionText }) {
  const name = `option.${index}.name`
  const values = `option.${index}.values`
  const of = <span className="sr"> of option {index + 1}</span>
  return (
    <div className="option-row">
      <div className="field">
        <label htmlFor={name}>Name{of}</label>
        <input className="input" id={name} name={name} defaultValue={line.name} placeholder="Color" maxLength={40} />
      </div>
      <div className="field">
        <label htmlFor={values}>Values{of}</label>
        <input className="input" id={values} name={values} defaultValue={line.values} placeholder="Red, Blue" />
      </div>
    </div>
  )
}

/** The dimensions of the option matrix, one line each. */
export function OptionFields({ lines, errors }: OptionFieldsProps) {
  const filled = lines.filter(({ name }) => name !== '').length
  return (
    <>
      {lines.slice(0, Math.max(2, filled + 1)).map((line, index) => (
        // Lines are told apart by their place and never move.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <OptionLine key={index} index={index} line={line} />
      ))}
      {errors?.[0] && <FieldError>{errors[0]}</FieldError>}
      <p className="field__hint">
        Part values with commas. When a value has a comma of its own, part them with semicolons.
      </p>
    </>
  )
}
