import { Form, Link } from '@remix-run/react'
import type { Product, Variant } from '@vitrine/contracts/catalog'
import type { FormState } from '#app/features/admin-products/details-fields.tsx'
import { combinationTitle } from '#app/features/admin-products/matrix.ts'
import { useGuardedForm } from '#app/features/admin-shell/leave-guard.ts'
import { TableRegion } from '#app/features/admin-shell/page-parts.tsx'
import { amountText, formatMoney } from '#app/format.ts'
import { Button } from '#app/ui/button.tsx'
import { FieldError } from '#app/ui/field.tsx'

interface CellProps extends FormState {
  name: string
  label: string
  fallback: string
  placeholder?: string
}

function Cell({ name, label, fallback, placeholder, values, errors }: CellProps) {
  return (
    <td>
      <input
        className="input input--money"
        name={name}
        aria-label={label}
        inputMode="decimal"
        defaultValue={values[name] ?? fallback}
        placeholder={placeholder}
        aria-invalid={errors[name] ? true : undefined}
        aria-describedby={errors[name] ? 'variants-errors' : undefined}
        autoComplete="off"
      />
    </td>
  )
}

interface Rights {
  canEdit: boolean
  canMove: boolean
}

function Row({ variant, values, errors, canEdit, canMove }: FormState & Rights & { variant: Variant }) {
  const { sku, price, compareAtPrice, available } = variant
  const title = combinationTitle(variant.options)
  const was = compareAtPrice ? amountText(compareAtPrice.amount, compareAtPrice.currency) : ''
  const state = { values, errors }
  return (
    <tr>
      <th scope="row">{title}</th>
      <td className="mono">
        <Link to={`/admin/inventory/${encodeURIComponent(sku)}`}>{sku}</Link>
      </td>
      {canEdit ? (
        <>
          <Cell
            {...state}
            name={`price.${sku}`}
            label={`Price of ${title}`}
            fallback={amountText(price.amount, price.currency)}
          />
          <Cell {...state} name={`was.${sku}`} label={`Was for ${title}`} fallback={was} />
        </>
      ) : (
        <>
          <td className="end num">{formatMoney(price)}</td>
          <td className="end num">{compareAtPrice ? formatMoney(compareAtPrice) : ''}</td>
        </>
      )}
      <td className="end num">{available}</td>
      {canMove && (
        <Cell {...state} name={`delta.${sku}`} label={`Add to or take from ${title}`} fallback="" placeholder="+0" />
      )}
    </tr>
  )
}

function Foot({ values, errors, canEdit, canMove }: FormState & Rights) {
  return (
    <div className="foot-row">
      {canMove ? (
        <div className="row">
          <label htmlFor="reason">Why the stock changes</label>
          <input
            className="input"
            id="reason"
            name="reason"
            defaultValue={values.reason}
            maxLength={300}
            aria-invalid={errors.reason ? true : undefined}
            aria-describedby={errors.reason ? 'variants-errors' : undefined}
          />
          <Button name="intent" value="stock" type="submit">
            Adjust stock
          </Button>
        </div>
      ) : (
        <span />
      )}
      {canEdit && (
        <Button name="intent" value="prices" type="submit" tone="primary">
          Save prices
        </Button>
      )}
    </div>
  )
}

/** What is sold: prices and stock in one grid. Stock changes by movements with a reason, never by overwriting. */
export function VariantsBox({ product, canEdit, canMove, ...state }: FormState & Rights & { product: Product }) {
  const names = product.variants.flatMap(({ sku }) => [`price.${sku}`, `was.${sku}`, `delta.${sku}`])
  const messages = [...names, 'reason'].flatMap((name) => state.errors[name] ?? [])
  const rights = { canEdit, canMove }
  const { watch } = useGuardedForm(product.version)
  return (
    <section className="box box--flush" aria-labelledby="variants-head">
      <div className="pad">
        <h2 id="variants-head">
          Variants <span className="muted num">{product.variants.length}</span>
        </h2>
      </div>
      <Form method="post" noValidate key={product.version} {...watch}>
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
                  Available
                </th>
                {canMove && (
                  <th scope="col" className="end">
                    Add or take
                  </th>
                )}
              </tr>
            </thead>
            <tbody>
              {product.variants.map((variant) => (
                <Row key={`${variant.sku} ${variant.available}`} variant={variant} {...state} {...rights} />
              ))}
            </tbody>
          </table>
        </TableRegion>
        {messages.length > 0 && (
          <div className="pad" id="variants-errors">
            {[...new Set(messages)].map((message) => (
              <FieldError key={message}>{message}</FieldError>
            ))}
          </div>
        )}
        {(canEdit || canMove) && <Foot {...state} {...rights} />}
      </Form>
    </section>
  )
}
