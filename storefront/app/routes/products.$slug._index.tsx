import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Product } from '@vitrine/contracts/catalog'
import { ReviewList } from '@vitrine/contracts/reviews'
import { BuyBar, BuyBox } from '#app/features/catalog/buy-box.tsx'
import { findVariant, selectionFrom } from '#app/features/catalog/choose-variant.ts'
import { Gallery } from '#app/features/catalog/gallery.tsx'
import { productJsonLd } from '#app/features/catalog/product-meta.ts'
import { LateShelf } from '#app/features/catalog/related.tsx'
import { Reviews } from '#app/features/catalog/reviews.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { hasSession } from '#app/server/auth.server.ts'
import { cookieHeaders } from '#app/server/cookies.server.ts'
import { publicUrl } from '#app/server/env.server.ts'
import { readRecent, recentCookie } from '#app/server/recent.server.ts'
import { Crumbs } from '#app/ui/crumbs.tsx'

export const loader = answering(async ({ request, params, context }: LoaderFunctionArgs) => {
  const asked = params.slug ?? ''
  const path = `/api/catalog/products/${encodeURIComponent(asked)}`
  const client = api(request)
  const [product, reviews] = await Promise.all([
    client.get(Product, path),
    client.get(ReviewList, `${path}/reviews?limit=6`).catch(() => null),
  ])
  if (reviews === null) context.notes.isWhole = false
  const url = new URL(request.url)
  if (product.slug !== asked) throw redirect(`/products/${product.slug}${url.search}`, 301)
  const chosen = selectionFrom(product, url.searchParams)
  const variant = findVariant(product, chosen)
  const problem = url.searchParams.get('problem')?.slice(0, 200) ?? null
  const page = {
    product,
    reviews,
    variant,
    selection: variant?.options ?? chosen,
    problem,
    isSignedIn: hasSession(request),
    hasReviewed: url.searchParams.has('reviewed'),
    isTold: url.searchParams.has('told'),
    hasRecent: readRecent(request).some((id) => id !== product.id),
    canonical: publicUrl(`/products/${product.slug}`),
  }
  return data(page, { headers: cookieHeaders(recentCookie(request, product.id)) })
})

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => {
  if (!loaded) return pageMeta({ title: 'Product' })
  const { product, canonical } = loaded
  const picture = product.pictures[0]?.sources.at(-1)?.url
  return [
    ...pageMeta({
      title: product.title,
      description: product.description.slice(0, 160),
      canonical,
      picture: picture && new URL(picture, canonical).href,
    }),
    ...productJsonLd(product, canonical),
  ]
}

export default function ProductPage() {
  const { product, reviews, variant, selection, problem, isSignedIn, hasReviewed, isTold, hasRecent } =
    useLoaderData<typeof loader>()
  const own = new Set(variant?.pictureIds)
  const pictures = product.pictures.toSorted((a, b) => Number(own.has(b.id)) - Number(own.has(a.id)))
  const path = product.categoryPath.map(({ slug, title }) => ({ title, to: `/categories/${slug}` }))
  return (
    <main id="main">
      <div className="wrap page-top">
        <Crumbs items={[{ title: 'Home', to: '/' }, ...path, { title: product.title }]} />
        <div className="product" data-product>
          <Gallery pictures={pictures} />
          <BuyBox {...{ product, variant, selection, problem, isTold }} />
        </div>
        <Reviews {...{ product, reviews, isSignedIn, hasReviewed }} />
        <LateShelf
          id="related"
          title="Goes well with it"
          from={`/products/${product.slug}/related`}
          more={{ to: `/categories/${product.category}`, title: 'More like it' }}
        />
        {hasRecent && <LateShelf id="recent" title="Looked at lately" from={`/recent?not=${product.id}`} />}
      </div>
      <BuyBar product={product} variant={variant} selection={selection} />
    </main>
  )
}
