import { Form, Link } from '@remix-run/react'
import type { Product } from '@vitrine/contracts/catalog'
import { ProductStatusBadge } from '#app/features/admin-products/product-status.tsx'
import { TableRegion } from '#app/features/admin-shell/page-parts.tsx'
import { TickAll } from '#app/features/admin-shell/tick-all.tsx'
import { count } from '#app/format.ts'
import { Button, buttonClass } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Picture } from '#app/ui/picture.tsx'
import { Price } from '#app/ui/price.tsx'

const FEW = 3

function Available({ available }: { available: number }) {
  if (available === 0) return <span className="stock stock--out">Out of stock</span>
  if (available <= FEW) return <span className="stock stock--low">{available} left</span>
  return <span className="num">{available}</span>
}

/** Several products at once: those that are ticked get a status. */
function BulkBar() {
  return (
    <div className="bulk">
      <label htmlFor="bulk-status">Ticked products become</label>
      <select className="input input--small" id="bulk-status" name="status" defaultValue="active">
        <option value="active">active</option>
        <option value="draft">draft</option>
        <option value="archived">archived</option>
      </select>
      <Button type="submit">Change status</Button>
    </div>
  )
}

function Tick({ product }: { product: Product }) {
  return (
    <td>
      <input
        type="checkbox"
        name="pick"
        value={`${product.id}:${product.version}:${product.status}`}
        aria-label={`Tick ${product.title}`}
      />
    </td>
  )
}

function ProductRow({ product, canEdit }: { product: Product; canEdit: boolean }) {
  const { id, slug, title, brand, status, available, variants, categoryPath, category, priceRange } = product
  return (
    <tr>
      {canEdit && <Tick product={product} />}
      <td>
        <div className="thing">
          <div className="pane">
            <Picture picture={product.pictures[0]} sizes="40px" alt="" />
          </div>
          <div>
            <Link to={`/admin/products/${id}`}>{title}</Link>
            <small>{brand ?? count(variants.length, 'variant')}</small>
          </div>
        </div>
      </td>
      <td className="minor">
        <ProductStatusBadge status={status} />
      </td>
      <td>
        <Available available={available} />
      </td>
      <td className="num minor">{variants.length}</td>
      <td className="minor">{categoryPath.at(-1)?.title ?? category}</td>
      <td className="end">
        <Price now={priceRange.min} upTo={priceRange.max} />
      </td>
      <td className="end minor">
        {status === 'active' && (
          <span className="row-tools">
            <a className={`${buttonClass({ tone: 'quiet', size: 'small', isIcon: true })}`} href={`/products/${slug}`}>
              <span className="sr">View {title} in the shop</span>
              <Icon name="eye" />
            </a>
          </span>
        )}
      </td>
    </tr>
  )
}

export function ProductTable({ products, canEdit }: { products: Product[]; canEdit: boolean }) {
  return (
    <Form method="post">
      <TableRegion label="Products, table">
        <table className="table">
          <thead>
            <tr>
              {canEdit && (
                <th scope="col">
                  <span className="sr">Tick</span>
                  <TickAll />
                </th>
              )}
              <th scope="col">Product</th>
              <th scope="col" className="minor">
                Status
              </th>
              <th scope="col">Available</th>
              <th scope="col" className="minor">
                Variants
              </th>
              <th scope="col" className="minor">
                Category
              </th>
              <th scope="col" className="end">
                Price
              </th>
              <th scope="col" className="minor">
                <span className="sr">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {products.map((product) => (
              <ProductRow key={product.id} product={product} canEdit={canEdit} />
            ))}
          </tbody>
        </table>
      </TableRegion>
      {canEdit && <BulkBar />}
    </Form>
  )
}
