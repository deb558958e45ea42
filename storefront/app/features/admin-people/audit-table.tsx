import { Link } from '@remix-run/react'
import type { AuditEntry } from '@vitrine/contracts/staff'
import {
  actTitle,
  type Difference as DifferenceOf,
  differencesOf,
  factsOf,
} from '#app/features/admin-people/audit-words.ts'
import { formatMoment } from '#app/features/admin-shell/moment.ts'
import { TableRegion } from '#app/features/admin-shell/page-parts.tsx'
import { useCan } from '#app/features/admin-shell/staff.ts'

function Person({ id, name, fallback }: { id: string | null; name: string | null; fallback: string }) {
  const canOpen = useCan('customers:read')
  if (id === null) return <span className="muted">{fallback}</span>
  if (name === null) return <span className="mono">{id}</span>
  return canOpen ? <Link to={`/admin/customers/${id}`}>{name}</Link> : <span>{name}</span>
}

const SHOWN = 4

function Difference({ name, before, after }: DifferenceOf) {
  return (
    <div>
      {name}: <del className="muted">{before}</del> <span className="sr">becomes</span>
      <span aria-hidden="true">→</span> <ins>{after}</ins>
    </div>
  )
}

function Change({ details }: { details: AuditEntry['details'] }) {
  const differences = differencesOf(details)
  const facts = factsOf(details)
  if (differences.length === 0 && facts.length === 0) return <span className="muted">–</span>
  return (
    <>
      {facts.length > 0 && <div>{facts.join(', ')}</div>}
      {differences.slice(0, SHOWN).map((one) => (
        <Difference key={one.name} {...one} />
      ))}
      {differences.length > SHOWN && (
        <details>
          <summary className="link">{differences.length - SHOWN} more</summary>
          {differences.slice(SHOWN).map((one) => (
            <Difference key={one.name} {...one} />
          ))}
        </details>
      )}
    </>
  )
}

/** Who did what to whom, what it was before and after, when and from where. */
export function AuditTable({ entries }: { entries: AuditEntry[] }) {
  return (
    <TableRegion label="Audit log, table">
      <table className="table audit">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Who</th>
            <th scope="col">What</th>
            <th scope="col">To</th>
            <th scope="col">Before and after</th>
            <th scope="col">From where</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.id}>
              <td>
                <time dateTime={entry.at}>{formatMoment(entry.at)}</time>
              </td>
              <td>
                <Person id={entry.actor} name={entry.actorName} fallback="Nobody" />
              </td>
              <td title={entry.action}>{actTitle(entry.action)}</td>
              <td>
                {entry.target === entry.actor && entry.target ? (
                  <span className="muted">Themselves</span>
                ) : (
                  <Person id={entry.target} name={entry.targetName} fallback="–" />
                )}
              </td>
              <td>
                <Change details={entry.details} />
              </td>
              <td className="mono muted" title={entry.requestId ? `Request ${entry.requestId}` : undefined}>
                {entry.address || '–'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableRegion>
  )
}
