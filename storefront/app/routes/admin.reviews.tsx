import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { ModeratedReview, ModerationInput, ModerationList } from '@vitrine/contracts/reviews'
import { ReviewItem } from '#app/features/admin-reviews/review-table.tsx'
import { pagerOf, pickQuery, withQuery } from '#app/features/admin-shell/list-view.ts'
import { DoneNotice, EmptyList, PageHead, Pager, RefusalNotice, Tabs } from '#app/features/admin-shell/page-parts.tsx'
import { count } from '#app/format.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { parseForm, readForm, refusalOf } from '#app/server/form.server.ts'

const PATH = '/admin/reviews'
const VIEWS = [
  ['pending', 'Waiting'],
  ['published', 'Published'],
  ['rejected', 'Rejected'],
  ['all', 'All'],
] as const
const DONE: Record<string, string> = {
  published: 'The review is in the shop and counts.',
  rejected: 'The review is not shown and does not count.',
}

export const meta: MetaFunction = () => [{ title: 'Reviews, Vitrine admin' }]

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  await requirePermission(request, 'reviews:write')
  const query = new URL(request.url).searchParams
  const asked = new URLSearchParams(pickQuery(query, ['status', 'cursor']))
  if (!asked.has('status')) asked.set('status', 'pending')
  if (asked.get('status') === 'all') asked.delete('status')
  asked.set('limit', '20')
  return api(request).get(ModerationList, `/api/catalog/reviews?${asked}`)
})

export const action = answering(async ({ request }: ActionFunctionArgs) => {
  await requirePermission(request, 'reviews:write')
  const form = await readForm(request)
  const parsed = parseForm(form, ModerationInput, ({ status }) => ({ status }))
  if (!parsed.ok) return data(parsed.refusal, 400)
  try {
    const path = `/api/catalog/reviews/${encodeURIComponent(String(form.get('id') ?? ''))}`
    await api(request).patch(ModeratedReview, path, parsed.data)
  } catch (error) {
    return data(refusalOf(form, error), 400)
  }
  const query = new URL(request.url).searchParams
  return redirect(withQuery(PATH, query, { done: parsed.data.status }), 303)
})

export default function AdminReviews() {
  const { items, nextCursor, total } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const [query] = useSearchParams()
  const status = query.get('status') ?? 'pending'
  return (
    <>
      <PageHead title="Reviews" />
      <DoneNotice text={refused ? undefined : DONE[query.get('done') ?? '']} />
      <RefusalNotice text={refused?.message} />
      <section className="box box--flush" aria-label="Reviews">
        <Tabs
          label="Views"
          items={VIEWS.map(([key, title]) => ({ to: `${PATH}?status=${key}`, title, isCurrent: status === key }))}
        />
        {items.length > 0 ? (
          <>
            <ul className="l">
              {items.map((review) => (
                <ReviewItem key={review.id} review={review} />
              ))}
            </ul>
            <Pager summary={count(total ?? items.length, 'review')} {...pagerOf(PATH, query, nextCursor)} />
          </>
        ) : (
          <EmptyList title="Nothing waits" isFiltered={status !== 'pending'} to={PATH}>
            New and changed reviews stand here until somebody publishes or rejects them.
          </EmptyList>
        )}
      </section>
    </>
  )
}
