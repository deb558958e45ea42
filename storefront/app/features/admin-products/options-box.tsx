import { Form } from '@remix-run/react'
import type { Product } from '@vitrine/contracts/catalog'
import type { FormState } from '#app/features/admin-products/details-fields.tsx'
import { NewVariantGrid } from '#app/features/admin-products/new-variant-grid.tsx'
import { OptionFields } from '#app/features/admin-products/option-fields.tsx'
import { missingRows, optionLines, valuesOf } from '#app/features/admin-products/product-form.ts'
import { Button } from '#app/ui/button.tsx'

export function OptionsBox({ product, errors }: { product: Product; errors: FormState['errors'] }) {
  return (
    <section className="box stack" aria-labelledby="options-head">
      <h2 id="options-head">Options</h2>
      <Form method="post" className="stack" key={product.version}>
        <OptionFields lines={optionLines(valuesOf(product))} errors={errors.options} />
        <p>
          <Button name="intent" value="options" type="submit">
            Save options
          </Button>
        </p>
      </Form>
    </section>
  )
}

/** Combinations nobody can buy yet: give those that exist a price. */
export function MissingVariantsBox({ product, values, errors }: FormState & { product: Product }) {
  const rows = missingRows(product, {})
  if (rows.length === 0) return null
  return (
    <section className="box box--flush" aria-labelledby="missing-head">
      <div className="pad">
        <h2 id="missing-head">
          Not offered yet <span className="muted num">{rows.length}</span>
        </h2>
        <p className="soft">Give a price to the combinations you sell; the others stay away.</p>
      </div>
      <Form method="post" noValidate key={product.version}>
        <NewVariantGrid rows={rows} values={values} errors={errors} />
        <div className="foot-row">
          <span />
          <Button name="intent" value="variants" type="submit">
            Add variants
          </Button>
        </div>
      </Form>
    </section>
  )
}
