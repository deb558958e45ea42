import type { Promotion } from '@vitrine/contracts/promotions'
import { useState } from 'react'
import type { CategoryChoice } from '#app/features/admin-products/category-choices.ts'
import type { Values } from '#app/features/admin-promotions/promotion-form.ts'
import { CheckField, SelectField, TextField } from '#app/ui/field.tsx'

type Errors = Record<string, string[] | undefined>

interface FieldsProps {
  values: Values
  errors: Errors
}

const TYPES: [Promotion['type'], string][] = [
  ['percent', 'Percent off'],
  ['fixed', 'Amount off'],
  ['free_shipping', 'Free delivery'],
  ['buy_x_get_y', 'Buy some, get one free'],
]

/** Without a script all three fields of worth stand there; the one that fits the kind counts. */
function Worth({ values, errors, type }: FieldsProps & { type: string | null }) {
  const isShown = (kind: Promotion['type']) => type === null || type === kind
  const errorOf = (kind: Promotion['type']) => ((type ?? values.type ?? 'percent') === kind ? errors.value : undefined)
  return (
    <>
      {isShown('percent') && (
        <TextField
          name="percent"
          label="Percent"
          inputMode="numeric"
          defaultValue={values.percent}
          errors={errorOf('percent')}
          hint="1 to 100"
          span="span-3"
          isOptional={type === null}
        />
      )}
      {isShown('fixed') && (
        <TextField
          name="amount"
          label="Amount in euro"
          inputMode="decimal"
          defaultValue={values.amount}
          errors={errorOf('fixed')}
          hint="Never more than the basket is worth"
          span="span-3"
          isOptional={type === null}
        />
      )}
      {isShown('buy_x_get_y') && (
        <TextField
          name="buy"
          label="How many to buy"
          inputMode="numeric"
          defaultValue={values.buy}
          errors={errorOf('buy_x_get_y')}
          hint="One more of the same is free then"
          span="span-3"
          isOptional={type === null}
        />
      )}
    </>
  )
}

export function EffectBox({ values, errors, isScripted }: FieldsProps & { isScripted: boolean }) {
  const [chosen, choose] = useState(values.type ?? 'percent')
  return (
    <section className="box has-fields" aria-labelledby="effect">
      <h2 id="effect">What it does</h2>
      <div className="fields">
        <TextField
          name="code"
          label="Code"
          autoCapitalize="characters"
          defaultValue={values.code}
          errors={errors.code}
          hint="Shoppers type it. Empty: one is made up."
          span="span-3"
          isOptional
        />
        <SelectField
          name="type"
          label="Kind"
          defaultValue={chosen}
          errors={errors.type}
          span="span-3"
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {TYPES.map(([type, title]) => (
            <option key={type} value={type}>
              {title}
            </option>
          ))}
        </SelectField>
        <Worth values={values} errors={errors} type={isScripted ? chosen : null} />
      </div>
    </section>
  )
}

export function LimitsBox({ values, errors }: FieldsProps) {
  const field = (
    name: string,
    label: string,
    rest: { hint?: string; type?: string; inputMode?: 'numeric' | 'decimal' },
  ) => (
    <TextField
      name={name}
      label={label}
      defaultValue={values[name]}
      errors={errors[name] ?? errors[`${name}.amount`]}
      span={rest.type ? undefined : 'span-3'}
      isOptional
      {...rest}
    />
  )
  return (
    <section className="box has-fields" aria-labelledby="limits">
      <h2 id="limits">When and how often</h2>
      <div className="fields">
        {field('startsAt', 'Starts', { type: 'datetime-local', hint: 'Time in Berlin' })}
        {field('endsAt', 'Ends', { type: 'datetime-local', hint: 'Time in Berlin' })}
        {field('usageLimit', 'Uses in all', {
          inputMode: 'numeric',
          hint: 'Orders that end without payment give theirs back',
        })}
        {field('perCustomer', 'Uses per customer', { inputMode: 'numeric', hint: 'By account or e-mail' })}
        {field('minimum', 'Minimum in euro', { inputMode: 'decimal', hint: 'Of the goods, without delivery' })}
      </div>
    </section>
  )
}

export function ScopeBox({
  values,
  errors,
  categories,
  chosen,
}: FieldsProps & { categories: CategoryChoice[]; chosen: string[] }) {
  return (
    <section className="box has-fields" aria-labelledby="scope">
      <h2 id="scope">What it is for</h2>
      <p className="soft mb">Nothing chosen: for everything.</p>
      <fieldset className="mb">
        <legend className="medium">Categories</legend>
        <div className="checks">
          {categories.map(({ slug, title }) => (
            <CheckField key={slug} name="category" value={slug} label={title} defaultChecked={chosen.includes(slug)} />
          ))}
        </div>
      </fieldset>
      <div className="fields">
        <TextField
          name="products"
          label="Products"
          defaultValue={values.products}
          errors={errors.products}
          hint="The last part of their addresses, with commas: lyra-headphones, pomona-teapot"
          isOptional
        />
        <TextField
          name="skus"
          label="SKUs"
          defaultValue={values.skus}
          errors={errors['scope.skus']}
          hint="With commas"
          isOptional
        />
      </div>
    </section>
  )
}
