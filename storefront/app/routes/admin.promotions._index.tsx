import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Link, useLoaderData, useSearchParams } from '@remix-run/react'
import { page } from '@vitrine/contracts/envelope'
import { Promotion } from '@vitrine/contracts/promotions'
import {
  conditionsOf,
  effectOf,
  type PromotionState,
  STATES,
  scheduleOf,
  stateOf,
  usesOf,
} from '#app/features/admin-promotions/promotion-words.ts'
import { withQuery } from '#app/features/admin-shell/list-view.ts'
import { DoneNotice, EmptyList, PageHead, TableRegion, Tabs } from '#app/features/admin-shell/page-parts.tsx'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'
import { Badge } from '#app/ui/badge.tsx'
import { buttonClass } from '#app/ui/button.tsx'
import { Icon } from '#app/ui/icon.tsx'

const PATH = '/admin/promotions'
const TABS = [
  ['', 'All'],
  ['running', 'Running'],
  ['planned', 'Planned'],
  ['ended', 'Ended'],
] as const
const DONE: Record<string, string> = {
  created: 'The promotion is there.',
  removed: 'The promotion is gone. Orders that used it keep their price.',
}

export const meta: MetaFunction = () => [{ title: 'Promotions, Vitrine admin' }]

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  await requirePermission(request, 'promotions:write')
  const { items } = await api(request).get(page(Promotion), '/api/orders/promotions')
  return { items, now: new Date().toISOString() }
})

function PromotionRow({ promotion, state }: { promotion: Promotion; state: PromotionState }) {
  const [tone, title] = STATES[state]
  return (
    <tr>
      <td>
        <Link className="mono" to={`${PATH}/${promotion.id}`}>
          {promotion.code}
        </Link>
      </td>
      <td>{effectOf(promotion)}</td>
      <td>{conditionsOf(promotion)}</td>
      <td>{scheduleOf(promotion)}</td>
      <td className="end num">{usesOf(promotion)}</td>
      <td>
        <Badge tone={tone}>{title}</Badge>
      </td>
    </tr>
  )
}

export default function Promotions() {
  const { items, now } = useLoaderData<typeof loader>()
  const [query] = useSearchParams()
  const wanted = query.get('state') ?? ''
  const withState = items.map((promotion) => ({ promotion, state: stateOf(promotion, now) }))
  const shown = withState.filter(
    ({ state }) => !wanted || state === wanted || (wanted === 'ended' && state === 'used_up'),
  )
  return (
    <>
      <DoneNotice text={DONE[query.get('done') ?? '']} />
      <PageHead title="Promotions">
        <Link className={buttonClass({ tone: 'primary' })} to={`${PATH}/new`}>
          <Icon name="plus" />
          New promotion
        </Link>
      </PageHead>
      <section className="box box--flush" aria-label="Promotions">
        <Tabs
          label="Views"
          items={TABS.map(([key, title]) => ({
            to: withQuery(PATH, query, { state: key, done: null }),
            title,
            isCurrent: wanted === key,
          }))}
        />
        {shown.length > 0 ? (
          <TableRegion label="Promotions, table">
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">Code</th>
                  <th scope="col">What it does</th>
                  <th scope="col">For</th>
                  <th scope="col">Runs</th>
                  <th scope="col" className="end">
                    Uses
                  </th>
                  <th scope="col">State</th>
                </tr>
              </thead>
              <tbody>
                {shown.map((row) => (
                  <PromotionRow key={row.promotion.id} {...row} />
                ))}
              </tbody>
            </table>
          </TableRegion>
        ) : (
          <EmptyList title="No promotions yet" isFiltered={wanted !== ''} to={PATH}>
            Codes that you hand out stand here, with how often they were used.
          </EmptyList>
        )}
      </section>
    </>
  )
}
