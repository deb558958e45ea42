import type { ActionFunctionArgs } from '@remix-run/node'
import { redirect } from '@remix-run/node'
import { safePath } from '#app/server/answer.server.ts'
import { cookieHeaders } from '#app/server/cookies.server.ts'
import { changedWishlist, readWishlist, wishlistCookie } from '#app/server/wishlist.server.ts'

export const loader = () => redirect('/account/wishlist', 302)

export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData()
  const ids = changedWishlist(readWishlist(request), String(form.get('product') ?? ''), !form.has('remove'))
  const to = safePath(form.get('to'), '/account/wishlist')
  return redirect(to, { status: 303, headers: cookieHeaders(wishlistCookie(ids)) })
}
