import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData, useSearchParams } from '@remix-run/react'
import { AuditEntries } from '@vitrine/contracts/auth'
import { pagerOf, pickQuery } from '#app/features/admin-shell/list-view.ts'
import { formatMoment } from '#app/features/admin-shell/moment.ts'
import { EmptyList, PageHead, Pager, TableRegion } from '#app/features/admin-shell/page-parts.tsx'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'

const PATH = '/admin/audit'

export const meta: MetaFunction = () => [{ title: 'Audit log, Vitrine admin' }]

export const loader = answering(async ({ request }: LoaderFunctionArgs) => {
  await requirePermission(request, 'audit:read')
  const asked = pickQuery(new URL(request.url).searchParams, ['action', 'actor', 'target', 'cursor'])
  return api(request).get(AuditEntries, `/api/auth/audit?limit=50${asked && `&${asked}`}`)
})

type Entry = Awaited<ReturnType<typeof loader>>['items'][number]

function EntryTable({ entries }: { entries: Entry[] }) {
  return (
    <TableRegion label="Audit log, table">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col">By</th>
            <th scope="col">To</th>
            <th scope="col">From address</th>
            <th scope="col">Request</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td>
                <time dateTime={entry.at}>{formatMoment(entry.at)}</time>
              </td>
              <td>{entry.action}</td>
              <td className="mono">{entry.actor ?? 'Nobody'}</td>
              <td className="mono">{entry.target ?? 'Nothing'}</td>
              <td className="mono muted">{entry.address}</td>
              <td className="mono muted">{entry.requestId}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableRegion>
  )
}

export default function Audit() {
  const { items, nextCursor } = useLoaderData<typeof loader>()
  const [query] = useSearchParams()
  return (
    <>
      <PageHead title="Audit log" />
      <section className="box box--flush" aria-label="Audit log">
        {items.length > 0 ? (
          <>
            <EntryTable entries={items} />
            <Pager summary={`${items.length} entries on this page`} {...pagerOf(PATH, query, nextCursor)} />
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
