import type { ServiceSystem } from '@vitrine/contracts/system'
import { formatMoment } from '#app/features/admin-shell/moment.ts'
import { TableRegion } from '#app/features/admin-shell/page-parts.tsx'
import { Badge } from '#app/ui/badge.tsx'

export interface ServiceRow {
  service: string
  system: ServiceSystem | null
  replicas: { address: string; isUp: boolean }[]
}

function StateBadge({ system }: Pick<ServiceRow, 'system'>) {
  if (!system) return <Badge tone="danger">Does not answer</Badge>
  if (system.health.status === 'ok') return <Badge tone="positive">Well</Badge>
  const failing = Object.entries(system.health.checks).filter(([, state]) => state === 'failing')
  return <Badge tone="warning">{`Without ${failing.map(([name]) => name).join(', ')}`}</Badge>
}

/** "2 of 2": what Traefik sends visitors to. */
function replicasText(replicas: ServiceRow['replicas']): string {
  if (replicas.length === 0) return 'Not known'
  return `${replicas.filter(({ isUp }) => isUp).length} of ${replicas.length}`
}

const NONE = <span className="muted">None</span>

function outboxText({ outbox }: ServiceSystem) {
  if (!outbox) return NONE
  return outbox.pending === 0 ? 'Empty' : `${outbox.pending}, for ${Math.round(outbox.oldestSeconds)} s`
}

const queueText = ({ events }: ServiceSystem) => (events ? `${events.lag} unread, ${events.pending} under way` : NONE)

export function ServiceTable({ rows }: { rows: ServiceRow[] }) {
  return (
    <TableRegion label="Services, table">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Service</th>
            <th scope="col">State</th>
            <th scope="col">Replicas up</th>
            <th scope="col">Version</th>
            <th scope="col">Started</th>
            <th scope="col">To publish</th>
            <th scope="col">To take in</th>
            <th scope="col">Given up</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ service, system, replicas }) => (
            <tr key={service}>
              <th scope="row">{service}</th>
              <td>
                <StateBadge system={system} />
              </td>
              <td className="num">{replicasText(replicas)}</td>
              <td className="num">{system?.health.version ?? NONE}</td>
              <td>{system ? <time dateTime={system.startedAt}>{formatMoment(system.startedAt)}</time> : NONE}</td>
              <td className="num">{system ? outboxText(system) : NONE}</td>
              <td className="num">{system ? queueText(system) : NONE}</td>
              <td className="num">{system?.events ? system.events.parked : NONE}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableRegion>
  )
}
