import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { WishGrid } from '#app/features/catalog/wishlist.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { answering, safePath } from '#app/server/answer.server.ts'
import { hasSession } from '#app/server/auth.server.ts'
import { cookieHeaders } from '#app/server/cookies.server.ts'
import { readForm } from '#app/server/form.server.ts'
import { changeWishlist, loadWishlist } from '#app/server/wishlist.server.ts'

/** A guest's list; a person's own stands in the account. */
export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  if (hasSession(request)) throw redirect('/account/wishlist', 302)
  return { products: await loadWishlist(request) }
})

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  const form = await readForm(request)
  const cookies = await changeWishlist(request, String(form.get('product') ?? ''), !form.has('remove'))
  return redirect(safePath(form.get('to'), '/wishlist'), { status: 303, headers: cookieHeaders(...cookies) })
})

export const meta: MetaFunction = () => pageMeta({ title: 'Your wishlist', isHidden: true })

export default function GuestWishlist() {
  const { products } = useLoaderData<typeof loader>()
  return (
    <main id="main" className="wrap page-top stack stack--loose">
      <h1>Your wishlist</h1>
      <p className="soft">
        It is kept in this browser. <a href="/login?to=/account/wishlist">Sign in</a> to have it everywhere.
      </p>
      <WishGrid products={products} where="in this browser" />
    </main>
  )
}
