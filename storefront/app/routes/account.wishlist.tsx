import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { ProductList } from '@vitrine/contracts/catalog'
import { AccountFrame } from '#app/features/account/account-frame.tsx'
import { ProductCard } from '#app/features/catalog/product-card.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { readWishlist } from '#app/server/wishlist.server.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  const ids = readWishlist(request)
  if (ids.length === 0) return { products: [] }
  const list = await api(request).get(ProductList, `/api/catalog/products?ids=${ids.join(',')}`)
  return { products: list.items }
})

export const meta: MetaFunction = () => pageMeta({ title: 'Your wishlist', isHidden: true })

export default function Wishlist() {
  const { products } = useLoaderData<typeof loader>()
  return (
    <AccountFrame title="Your wishlist" path="/account/wishlist">
      {products.length === 0 ? (
        <div className="box empty">
          <Icon name="heart" />
          <h2>Nothing kept yet</h2>
          <p>“Keep for later” on a product puts it here, in this browser.</p>
          <p>
            <a className={buttonClass({ tone: 'primary' })} href="/products">
              See all products
            </a>
          </p>
        </div>
      ) : (
        <ul className="grid">
          {products.map((product) => (
            <li key={product.id}>
              <ProductCard product={product} level={2} />
              <form method="post" action="/wishlist">
                <input type="hidden" name="product" value={product.id} />
                <button className="link link--muted small" type="submit" name="remove" value="yes">
                  Remove<span className="sr"> {product.title}</span>
                </button>
              </form>
            </li>
          ))}
        </ul>
      )}
    </AccountFrame>
  )
}
