import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { StaffUsers } from '@vitrine/contracts/staff'
import { PeopleTable } from '#app/features/admin-people/people-table.tsx'
import { ListSearch } from '#app/features/admin-shell/list-search.tsx'
import { pagerOf, pickQuery } from '#app/features/admin-shell/list-view.ts'
import { EmptyList, PageHead, Pager } from '#app/features/admin-shell/page-parts.tsx'
import { count } from '#app/format.ts'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'

const PATH = '/admin/customers'

export const meta: MetaFunction = () => [{ title: 'Customers, Vitrine admin' }]

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  await requirePermission(request, 'customers:read')
  const asked = pickQuery(new URL(request.url).searchParams, ['q', 'role', 'cursor'])
  return api(request).get(StaffUsers, `/api/auth/users${asked && `?${asked}`}`)
})

export default function Customers() {
  const { items, nextCursor, total } = useLoaderData<typeof loader>()
  const [query] = useSearchParams()
  return (
    <>
      <PageHead title="Customers" />
      <section className="box box--flush" aria-label="Customers">
        <ListSearch
          id="cq"
          label="Search people"
          placeholder="Name or mail address"
          query={query.get('q') ?? ''}
          keep={{ role: query.get('role') ?? undefined }}
        />
        {items.length > 0 ? (
          <>
            <PeopleTable people={items} />
            <Pager summary={count(total ?? items.length, 'person', 'people')} {...pagerOf(PATH, query, nextCursor)} />
          </>
        ) : (
          <EmptyList title="Nobody yet" isFiltered={query.size > 0} to={PATH}>
            People who open an account stand here. Guests stand on their orders.
          </EmptyList>
        )}
      </section>
    </>
  )
}
