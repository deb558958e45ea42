import { Form } from '@remix-run/react'
import type { Product } from '@vitrine/contracts/catalog'
import type { FormState } from '#app/features/admin-products/details-fields.tsx'
import { combinationTitle } from '#app/features/admin-products/matrix.ts'
import { Button } from '#app/ui/button.tsx'
import { SelectField, TextField } from '#app/ui/field.tsx'

/** Another SKU for a variant, or an end to it. What orders have had keeps its name, and what they hold stays. */
export function VariantNamesBox({ product, values, errors }: FormState & { product: Product }) {
  return (
    <details className="box" open={Object.keys(errors).length > 0}>
      <summary className="link">Rename or remove a variant</summary>
      <Form method="post" className="stack has-fields mt" noValidate key={product.version}>
        <div className="fields">
          <SelectField name="variant" label="Variant" defaultValue={values.variant} span="span-3">
            {product.variants.map(({ sku, options }) => (
              <option key={sku} value={sku}>
                {[sku, combinationTitle(options)].filter(Boolean).join(': ')}
              </option>
            ))}
          </SelectField>
          <TextField
            name="newSku"
            label="New SKU"
            defaultValue={values.newSku}
            errors={errors.newSku ?? errors.sku}
            hint="Only before the first order of it."
            isOptional
            span="span-3"
          />
        </div>
        <p className="row">
          <Button name="intent" value="variant-rename" type="submit">
            Rename
          </Button>
          <Button name="intent" value="variant-remove" type="submit" tone="quiet">
            Remove from the product
          </Button>
        </p>
      </Form>
    </details>
  )
}
