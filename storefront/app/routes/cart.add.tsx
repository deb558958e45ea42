import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import type { CartView } from '@vitrine/contracts/cart'
import { ProductList } from '@vitrine/contracts/catalog'
import { pageMeta } from '#app/features/seo.ts'
import { formatMoney } from '#app/format.ts'
import { answering, problem, safePath } from '#app/server/answer.server.ts'
import { api, isApiError } from '#app/server/api.server.ts'
import { hasSession } from '#app/server/auth.server.ts'
import { addLine, readQuantity } from '#app/server/cart-actions.server.ts'
import { cartCookies } from '#app/server/cart-cookies.server.ts'
import { cookieHeaders, withCookies } from '#app/server/cookies.server.ts'
import { readForm } from '#app/server/form.server.ts'
import { buttonClass } from '#app/ui/button.tsx'

const MOST_LINES = 50
const AWAY = 'The cart does not answer right now. Try again in a moment.'

/** Filling the cart by a link shows what it will add; only the button adds it. */
export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  const { searchParams } = new URL(request.url)
  const sku = searchParams.get('sku') ?? ''
  const list = sku
    ? await api(request).get(ProductList, `/api/catalog/products?${new URLSearchParams({ skus: sku })}`)
    : null
  const product = list?.items[0]
  const variant = product?.variants.find((one) => one.sku === sku)
  if (!product || !variant) problem(request, 404, 'not_found', 'There is no such product.')
  return { product, variant, quantity: readQuantity(searchParams.get('quantity') ?? 1, 1) }
})

function refusedPath(request: Request, message: string): string {
  const referrer = request.headers.get('Referer')
  const from = referrer && URL.canParse(referrer) ? new URL(referrer) : null
  const path = safePath(from?.pathname, '/cart')
  if (!from || !path.startsWith('/products/')) return '/cart'
  from.searchParams.set('problem', message)
  return `${path}?${from.searchParams}`
}

/** The lines of an earlier order; what cannot be had any more is left out and counted. */
async function addAgain(request: Request, lines: string[]): Promise<never> {
  let cart: CartView | null = null
  let left = 0
  const visit = new Request(request.url, { headers: request.headers })
  for (const line of lines.slice(0, MOST_LINES)) {
    const [sku = '', quantity = '1'] = line.split(/:(?=\d+$)/)
    // The first line may have begun a cart that the browser does not know yet.
    const shopper: Request = cart?.id && !hasSession(request) ? withCookies(visit, { cart: cart.id }) : visit
    try {
      cart = await addLine(shopper, sku, readQuantity(quantity, 1))
    } catch (error) {
      if (!isApiError(error, 'out_of_stock', 'conflict', 'invalid_input', 'not_found')) throw error
      left += 1
    }
  }
  const cookies = cart ? cartCookies(request, cart) : []
  throw redirect(left > 0 ? `/cart?left=${left}` : '/cart', { status: 303, headers: cookieHeaders(...cookies) })
}

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  const form = await readForm(request)
  if (form.has('again')) return addAgain(request, form.getAll('again').map(String))
  const sku = String(form.get('sku') ?? '')
  const isDrawer = form.get('view') === 'drawer'
  try {
    const cart = await addLine(request, sku, readQuantity(form.get('quantity') ?? 1, 1))
    const to = isDrawer ? '/cart/drawer' : '/cart'
    throw redirect(`${to}?added=${encodeURIComponent(sku)}`, {
      status: 303,
      headers: cookieHeaders(...cartCookies(request, cart)),
    })
  } catch (error) {
    // Without its script the product's page comes back with the choice as it was; the drawer asks once more first.
    if (isApiError(error, 'unavailable') && !isDrawer) throw redirect(refusedPath(request, AWAY), 303)
    if (!isApiError(error, 'out_of_stock', 'conflict', 'invalid_input', 'not_found')) throw error
    if (isDrawer) throw redirect(`/cart/drawer?problem=${encodeURIComponent(error.message)}`, 303)
    throw redirect(refusedPath(request, error.message), 303)
  }
})

export const meta: MetaFunction = () => pageMeta({ title: 'Add to cart', isHidden: true })

export default function AddByLink() {
  const { product, variant, quantity } = useLoaderData<typeof loader>()
  return (
    <main id="main" className="wrap page-top">
      <h1>Add this to your cart?</h1>
      <form className="box stack measure section-s" method="post" action="/cart/add">
        <p>
          <b className="medium">
            {quantity} × {product.title}
          </b>
          <br />
          <span className="muted">{Object.values(variant.options).join(', ')}</span>
          <br />
          <span className="num">{formatMoney(variant.price)} each</span>
        </p>
        <input type="hidden" name="sku" value={variant.sku} />
        <input type="hidden" name="quantity" value={quantity} />
        <p className="row">
          <button className={buttonClass({ tone: 'primary' })} type="submit">
            Add to cart
          </button>
          <a href={`/products/${product.slug}`}>Look at it first</a>
        </p>
      </form>
    </main>
  )
}
