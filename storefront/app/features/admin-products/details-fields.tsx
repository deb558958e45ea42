import type { CategoryChoice } from '#app/features/admin-products/category-choices.ts'
import { SelectField, TextAreaField, TextField } from '#app/ui/field.tsx'

export interface FormState {
  values: Record<string, string>
  errors: Record<string, string[] | undefined>
}

export function DetailsBox({ values, errors }: FormState) {
  return (
    <section className="box stack has-fields" aria-labelledby="details">
      <h2 id="details">Details</h2>
      <TextField name="title" label="Title" defaultValue={values.title} errors={errors.title} maxLength={160} />
      <TextAreaField
        name="description"
        label="Description"
        defaultValue={values.description}
        errors={errors.description}
        isOptional
      />
    </section>
  )
}

const STATUSES = [
  ['draft', 'Draft: only staff see it'],
  ['active', 'Active: in the shop'],
  ['archived', 'Archived: only orders keep it'],
]

type PlaceBoxProps = FormState & {
  categories: CategoryChoice[]
  /** The form the fields belong to when they stand outside of it. */
  form?: string
}

export function PlaceBox({ values, errors, categories, form }: PlaceBoxProps) {
  return (
    <>
      <section className="box stack" aria-labelledby="status-head">
        <h2 id="status-head">Status</h2>
        <SelectField
          name="status"
          form={form}
          label="Visible in the shop"
          defaultValue={values.status ?? 'draft'}
          errors={errors.status}
        >
          {STATUSES.map(([value, title]) => (
            <option key={value} value={value}>
              {title}
            </option>
          ))}
        </SelectField>
      </section>
      <section className="box stack" aria-labelledby="place-head">
        <h2 id="place-head">Where it belongs</h2>
        <SelectField
          name="category"
          form={form}
          label="Category"
          defaultValue={values.category}
          errors={errors.category}
        >
          {categories.map(({ slug, title }) => (
            <option key={slug} value={slug}>
              {title}
            </option>
          ))}
        </SelectField>
        <TextField
          name="brand"
          form={form}
          label="Brand"
          defaultValue={values.brand}
          errors={errors.brand}
          isOptional
        />
        <TextField
          name="slug"
          form={form}
          label="Address"
          defaultValue={values.slug}
          errors={errors.slug}
          isOptional
          hint="The last part of the product's address. Left empty, the title makes it."
        />
      </section>
    </>
  )
}
