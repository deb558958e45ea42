import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { AccountFrame } from '#app/features/account/account-frame.tsx'
import { WishGrid } from '#app/features/catalog/wishlist.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { answering } from '#app/server/answer.server.ts'
import { requireUser } from '#app/server/auth.server.ts'
import { loadWishlist } from '#app/server/wishlist.server.ts'

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  await requireUser(request)
  return { products: await loadWishlist(request) }
})

export const meta: MetaFunction = () => pageMeta({ title: 'Your wishlist', isHidden: true })

export default function Wishlist() {
  const { products } = useLoaderData<typeof loader>()
  return (
    <AccountFrame title="Your wishlist" path="/account/wishlist">
      <WishGrid products={products} where="in your account" />
    </AccountFrame>
  )
}
