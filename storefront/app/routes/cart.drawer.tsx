import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { CartLine } from '#app/features/cart/cart-line.tsx'
import { TakenNotice } from '#app/features/cart/taken-notice.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { formatMoney } from '#app/format.ts'
import type { RouteHandle } from '#app/root.tsx'
import { answering } from '#app/server/answer.server.ts'
import { findTaken, loadCart } from '#app/server/cart.server.ts'
import { cartCookies } from '#app/server/cart-cookies.server.ts'
import { cookieHeaders } from '#app/server/cookies.server.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Pairs } from '#app/ui/pairs.tsx'

export const handle: RouteHandle = { shell: 'none' }

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  const { searchParams } = new URL(request.url)
  const cart = await loadCart(request)
  const added = cart.lines.find((line) => line.sku === searchParams.get('added'))?.product.title ?? null
  const problem = searchParams.get('problem')?.slice(0, 200) ?? null
  const taken = await findTaken(request, cart)
  return data({ cart, added, problem, taken }, { headers: cookieHeaders(...cartCookies(request, cart)) })
})

export const meta: MetaFunction = () => pageMeta({ title: 'In your cart', isHidden: true })

/** The drawer that the enhancement module lays over the page after something was added. */
export default function CartDrawer() {
  const { cart, added, problem, taken } = useLoaderData<typeof loader>()
  return (
    <main id="main">
      <dialog className="drawer" aria-labelledby="drawer-title" data-count={cart.itemCount}>
        <header>
          <h2 id="drawer-title">
            In your cart <span className="muted num">({cart.itemCount})</span>
          </h2>
          <form method="dialog">
            <button className={buttonClass({ tone: 'quiet', isIcon: true })} type="submit">
              <span className="sr">Close</span>
              <Icon name="cross" />
            </button>
          </form>
        </header>
        <div className="drawer__body">
          {added && (
            <Notice tone="positive" role="status">
              {added} added.
            </Notice>
          )}
          {taken && <TakenNotice taken={taken} view="drawer" />}
          {problem && (
            <Notice tone="warning" role="status">
              {problem}
            </Notice>
          )}
          {cart.lines.length === 0 && <p className="soft">Nothing in here yet.</p>}
          <ul className="lines drawer-lines">
            {cart.lines.map((line) => (
              <CartLine key={line.sku} line={line} view="drawer" />
            ))}
          </ul>
        </div>
        <footer>
          {cart.lines.length > 0 && (
            <>
              <Pairs items={[{ term: 'Subtotal', value: formatMoney(cart.subtotal), kind: 'total' }]} />
              <a className={buttonClass({ tone: 'primary', size: 'big', isBlock: true })} href="/checkout">
                Checkout
              </a>
            </>
          )}
          <div className="row row--between small">
            <a href="/cart">See the whole cart ({cart.itemCount})</a>
            <a href="/products">Continue shopping</a>
          </div>
        </footer>
      </dialog>
    </main>
  )
}
