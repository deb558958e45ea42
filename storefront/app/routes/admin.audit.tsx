import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { AuditEntries } from '@vitrine/contracts/staff'
import { AUDIT_FILTERS, AuditFilter } from '#app/features/admin-people/audit-filter.tsx'
import { AuditTable } from '#app/features/admin-people/audit-table.tsx'
import { pagerOf, pickQuery } from '#app/features/admin-shell/list-view.ts'
import { EmptyList, PageHead, Pager } from '#app/features/admin-shell/page-parts.tsx'
import { count } from '#app/format.ts'
import { answering } from '#app/server/answer.server.ts'
import { api, isApiError } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'

const PATH = '/admin/audit'

export const meta: MetaFunction = () => [{ title: 'Audit log, Vitrine admin' }]

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  await requirePermission(request, 'audit:read')
  const asked = pickQuery(new URL(request.url).searchParams, [...AUDIT_FILTERS, 'actor', 'target', 'cursor'])
  try {
    return await api(request).get(AuditEntries, `/api/auth/audit?limit=50${asked && `&${asked}`}`)
  } catch (error) {
    // An address typed by hand, with a day that is none: nothing fits it.
    if (isApiError(error, 'invalid_input')) return { items: [], nextCursor: null }
    throw error
  }
})

export default function Audit() {
  const { items, nextCursor } = useLoaderData<typeof loader>()
  const [query] = useSearchParams()
  const values = Object.fromEntries(AUDIT_FILTERS.map((name) => [name, query.get(name) ?? '']))
  return (
    <>
      <PageHead title="Audit log" />
      <section className="box box--flush" aria-label="Audit log">
        <AuditFilter values={values} />
        {items.length > 0 ? (
          <>
            <AuditTable entries={items} />
            <Pager
              summary={`${count(items.length, 'entry', 'entries')} on this page`}
              {...pagerOf(PATH, query, nextCursor)}
            />
          </>
        ) : (
          <EmptyList title="Nothing yet" isFiltered={query.size > 0} to={PATH}>
            Sign-ins, refusals and every change of staff stand here.
          </EmptyList>
        )}
      </section>
    </>
  )
}
