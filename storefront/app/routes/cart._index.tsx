import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { CartLine } from '#app/features/cart/cart-line.tsx'
import { CartSummary } from '#app/features/cart/cart-summary.tsx'
import { EmptyCart } from '#app/features/cart/empty-cart.tsx'
import { TakenNotice } from '#app/features/cart/taken-notice.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { formatMoney } from '#app/format.ts'
import { answering } from '#app/server/answer.server.ts'
import { isApiError } from '#app/server/api.server.ts'
import { hasSession } from '#app/server/auth.server.ts'
import { findTaken, forgetCartCookies, loadCart } from '#app/server/cart.server.ts'
import { changeCart } from '#app/server/cart-actions.server.ts'
import { cartCookies } from '#app/server/cart-cookies.server.ts'
import { findEstimate } from '#app/server/checkout.server.ts'
import { cookieHeaders } from '#app/server/cookies.server.ts'
import { readForm } from '#app/server/form.server.ts'
import { changeWishlist } from '#app/server/wishlist.server.ts'
import { buttonClass } from '#app/ui/button.tsx'
import { Notice } from '#app/ui/notice.tsx'

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  const cart = await loadCart(request)
  const cookies = cart.id === null ? forgetCartCookies(request) : cartCookies(request, cart)
  const added = new URL(request.url).searchParams.get('added')
  const code = (new URL(request.url).searchParams.get('code') ?? '').slice(0, 40)
  const left = Number(new URL(request.url).searchParams.get('left')) || 0
  const addedLine = cart.lines.find((line) => line.sku === added)
  const [estimate, taken] = await Promise.all([
    cart.lines.length > 0 ? findEstimate(request) : null,
    findTaken(request, cart),
  ])
  return data(
    { cart, estimate, isSignedIn: hasSession(request), added: addedLine?.product.title ?? null, taken, left, code },
    { headers: cookieHeaders(...cookies) },
  )
})

/** What was taken out, so that the next page can tell and offer to put it back. */
function newsOf(form: FormData): string {
  const kind = form.has('later') ? 'kept' : 'removed'
  if (kind === 'removed' && !form.has('remove')) return ''
  const news = { [kind]: String(form.get('sku') ?? ''), quantity: String(form.get('quantity') ?? '1') }
  return `?${new URLSearchParams(news)}`
}

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  const form = await readForm(request)
  const isDrawer = form.get('view') === 'drawer'
  try {
    const kept = form.has('later') ? await changeWishlist(request, String(form.get('later')), true) : []
    const cart = await changeCart(request, form)
    throw redirect(`${isDrawer ? '/cart/drawer' : '/cart'}${newsOf(form)}`, {
      status: 303,
      headers: cookieHeaders(...cartCookies(request, cart), ...kept),
    })
  } catch (error) {
    if (!isApiError(error, 'out_of_stock', 'conflict', 'promotion_invalid', 'invalid_input', 'not_found')) throw error
    if (isDrawer) throw redirect(`/cart/drawer?problem=${encodeURIComponent(error.message)}`, 303)
    return data({ message: error.message, isCode: form.has('code') }, { status: error.status })
  }
})

export const meta: MetaFunction = () => pageMeta({ title: 'Your cart', isHidden: true })

export default function Cart() {
  const { cart, estimate, isSignedIn, added, taken, left, code } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const isEmpty = cart.lines.length === 0
  return (
    <main id="main" className="wrap page-top">
      <div className="row row--between">
        <h1>Your cart</h1>
        {!isEmpty && (
          <a className={`${buttonClass({ tone: 'primary' })} only-narrow`} href="/checkout">
            Checkout, {formatMoney(cart.total)}
          </a>
        )}
      </div>
      <div className="stack mt mb" role="status">
        {added && <Notice tone="positive">{added} added.</Notice>}
        {left > 0 && (
          <Notice tone="warning">
            {left === 1 ? '1 thing' : `${left} things`} of that order cannot be had in this number any more and stayed
            out.
          </Notice>
        )}
        {taken && <TakenNotice taken={taken} view="page" />}
        {cart.notices.map((notice) => (
          <Notice key={`${notice.code} ${notice.sku}`} tone="info">
            {notice.message}
          </Notice>
        ))}
      </div>
      {refused && !refused.isCode && (
        <Notice tone="warning" role="alert">
          {refused.message}
        </Notice>
      )}
      {isEmpty ? (
        <EmptyCart isSignedIn={isSignedIn} />
      ) : (
        <div className="two">
          <section aria-labelledby="items">
            <h2 className="sr" id="items">
              Items
            </h2>
            <ul className="lines cart-lines">
              {cart.lines.map((line) => (
                <CartLine key={line.sku} line={line} view="page" />
              ))}
            </ul>
          </section>
          <CartSummary
            cart={cart}
            estimate={estimate}
            offeredCode={code}
            codeProblem={refused?.isCode ? refused.message : null}
            isSignedIn={isSignedIn}
          />
        </div>
      )}
    </main>
  )
}
