import { Form } from '@remix-run/react'
import { Button } from '#app/ui/button.tsx'
import { SelectField, TextField } from '#app/ui/field.tsx'

interface MovementFormProps {
  values: Record<string, string>
  errors: Record<string, string[] | undefined>
  isBusy: boolean
}

const TYPES = [
  ['IN', 'In: goods arrived'],
  ['OUT', 'Out: goods left'],
  ['ADJUST', 'Correction: more (5) or fewer (-5)'],
]

/** Stock only ever changes by a movement with a reason; the ledger keeps both. */
export function MovementForm({ values, errors, isBusy }: MovementFormProps) {
  return (
    <section className="box has-fields" aria-labelledby="move">
      <h2 id="move">Change the stock</h2>
      <Form method="post" className="stack" noValidate>
        <div className="fields">
          <SelectField name="type" label="Kind" defaultValue={values.type ?? 'IN'} errors={errors.type} span="span-3">
            {TYPES.map(([key, title]) => (
              <option key={key} value={key}>
                {title}
              </option>
            ))}
          </SelectField>
          <TextField
            name="quantity"
            label="Quantity"
            inputMode="numeric"
            defaultValue={values.quantity}
            errors={errors.quantity}
            span="span-3"
          />
          <TextField name="reason" label="Reason" defaultValue={values.reason} errors={errors.reason} maxLength={300} />
        </div>
        <p>
          <Button type="submit" tone="primary" isBusy={isBusy}>
            Record
          </Button>
        </p>
      </Form>
    </section>
  )
}
