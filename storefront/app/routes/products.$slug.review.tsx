import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { data, redirect } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Product } from '@vitrine/contracts/catalog'
import { OwnReview, Review, ReviewInput } from '@vitrine/contracts/reviews'
import { ReviewForm } from '#app/features/catalog/review-form.tsx'
import { pageMeta } from '#app/features/seo.ts'
import { answering } from '#app/server/answer.server.ts'
import { api, isApiError } from '#app/server/api.server.ts'
import { requireUser } from '#app/server/auth.server.ts'
import { parseForm, readForm, refusal, refusalOf } from '#app/server/form.server.ts'
import { Crumbs } from '#app/ui/crumbs.tsx'
import { Notice } from '#app/ui/notice.tsx'

const pathOf = (slug: string | undefined) => `/api/catalog/products/${encodeURIComponent(slug ?? '')}`

export const loader = answering(async ({ request, params }: LoaderFunctionArgs) => {
  await requireUser(request)
  const [product, own] = await Promise.all([
    api(request).get(Product, pathOf(params.slug)),
    api(request).get(OwnReview, `${pathOf(params.slug)}/reviews/mine`),
  ])
  return { slug: product.slug, title: product.title, ...own }
})

export const action = answering(async ({ request, params }: ActionFunctionArgs) => {
  await requireUser(request)
  const form = await readForm(request)
  const path = `${pathOf(params.slug)}/reviews`
  const parsed = parseForm(form, ReviewInput, ({ rating, title, body }) => ({ rating: Number(rating), title, body }))
  if (!parsed.ok) return data(parsed.refusal, 400)
  try {
    if (form.get('intent') === 'change') await api(request).patch(Review, `${path}/mine`, parsed.data)
    else await api(request).post(Review, path, parsed.data)
  } catch (error) {
    // Written before, perhaps elsewhere: the page shows both, and the button changes it.
    if (isApiError(error, 'conflict'))
      return data(refusal(form, 'You reviewed this before. Send it again to change your review to this one.'), 409)
    return data(refusalOf(form, error), 400)
  }
  return redirect(`/products/${params.slug}?reviewed=yes#reviews`, 303)
})

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) =>
  pageMeta({ title: `Review ${loaded?.title ?? ''}`, isHidden: true })

const STATES = {
  pending: 'Your review waits for somebody here to read it. You can still change it.',
  published: 'Your review is shown. When you change it, we read it again first.',
  rejected: 'Your review is not shown: it was not about the product, or not kind to people. You can change it.',
}

export default function WriteReview() {
  const { slug, title, review, isBuyer } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  return (
    <main id="main" className="wrap page-top">
      <Crumbs items={[{ title: 'Home', to: '/' }, { title, to: `/products/${slug}` }, { title: 'Your review' }]} />
      <div className="measure stack">
        <h1>{title}</h1>
        {refused?.message && (
          <Notice tone="warning" role="alert">
            {refused.message}
          </Notice>
        )}
        {review && <Notice tone="info">{STATES[review.status]}</Notice>}
        {isBuyer && <p className="soft">You bought this here, and your review will say so.</p>}
        <ReviewForm slug={slug} own={review} values={refused?.values} errors={refused?.fields} />
      </div>
    </main>
  )
}
