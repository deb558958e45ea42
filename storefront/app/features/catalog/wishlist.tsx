import type { Product } from '@vitrine/contracts/catalog'
import { cardOf } from '#app/features/catalog/card.ts'
import { ProductCard } from '#app/features/catalog/product-card.tsx'
import { buttonClass } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'

function MoveToCart({ product }: { product: Product }) {
  const [variant, ...others] = product.variants
  if (!variant || others.length > 0 || variant.available === 0) return null
  return (
    <form method="post" action="/cart/add" data-add-to-cart>
      <input type="hidden" name="sku" value={variant.sku} />
      <button className={buttonClass({ size: 'small' })} type="submit">
        Add to cart<span className="sr">: {product.title}</span>
      </button>
    </form>
  )
}

/** What is kept for later, each with a way out and, when there is nothing to choose, into the cart. */
export function WishGrid({ products, where }: { products: Product[]; where: string }) {
  if (products.length === 0) {
    return (
      <div className="box empty">
        <Icon name="heart" />
        <h2>Nothing kept yet</h2>
        <p>“Keep for later” on a product puts it here, {where}.</p>
        <p>
          <a className={buttonClass({ tone: 'primary' })} href="/products">
            See all products
          </a>
        </p>
      </div>
    )
  }
  return (
    <ul className="grid">
      {products.map((product) => (
        <li key={product.id} className="stack stack--tight">
          <ProductCard product={cardOf(product)} level={2} />
          <div className="row">
            <MoveToCart product={product} />
            <form method="post" action="/wishlist">
              <input type="hidden" name="product" value={product.id} />
              <button className="link link--muted small" type="submit" name="remove" value="yes">
                Remove<span className="sr"> {product.title}</span>
              </button>
            </form>
          </div>
        </li>
      ))}
    </ul>
  )
}
