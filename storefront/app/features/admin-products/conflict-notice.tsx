import type { Product } from '@vitrine/contracts/catalog'
import { valuesOf } from '#app/features/admin-products/product-form.ts'
import { TableRegion } from '#app/features/admin-shell/page-parts.tsx'
import { buttonClass } from '#app/ui/button.tsx'

const FIELDS = {
  title: 'Title',
  description: 'Description',
  status: 'Status',
  category: 'Category',
  brand: 'Brand',
  slug: 'Address',
}

/** Somebody else saved first: what differs, side by side, and the two ways out. */
export function ConflictNotice({ product, mine }: { product: Product; mine: Record<string, string> }) {
  const theirs = valuesOf(product)
  const differing = Object.entries(FIELDS).filter(([name]) => (mine[name] ?? '') !== (theirs[name] ?? ''))
  return (
    <section className="box box--flush mb" role="alert" aria-labelledby="conflict">
      <div className="pad">
        <h2 id="conflict">Somebody else changed this product, too</h2>
        <p className="soft">Nothing is lost: what you typed still stands in the form below.</p>
      </div>
      <TableRegion label="Both versions">
        <table className="table">
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Yours</th>
              <th scope="col">Theirs, saved as version {product.version}</th>
            </tr>
          </thead>
          <tbody>
            {differing.map(([name, title]) => (
              <tr key={name}>
                <th scope="row">{title}</th>
                <td>{mine[name] ?? 'Nothing'}</td>
                <td>{theirs[name] ?? 'Nothing'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableRegion>
      <div className="foot-row">
        <span />
        <div className="row">
          <a className={buttonClass()} href={`/admin/products/${product.id}`}>
            Take theirs
          </a>
          <button className={buttonClass({ tone: 'primary' })} form="edit" type="submit" name="intent" value="details">
            Keep mine
          </button>
        </div>
      </div>
    </section>
  )
}
