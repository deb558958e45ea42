import { Form } from '@remix-run/react'
import type { ParkedEvent } from '@vitrine/contracts/system'
import { formatMoment } from '#app/features/admin-shell/moment.ts'
import { TableRegion } from '#app/features/admin-shell/page-parts.tsx'
import { Button } from '#app/ui/button.tsx'

export type ParkedRow = ParkedEvent & { service: string }

/** Events given up after too many tries, each with its way back. */
export function ParkedTable({ rows, canRetry }: { rows: ParkedRow[]; canRetry: boolean }) {
  return (
    <TableRegion label="Given-up events, table">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">Event</th>
            <th scope="col">Service</th>
            <th scope="col">Happened</th>
            <th scope="col">Last answer</th>
            <th scope="col">Request</th>
            {canRetry && (
              <th scope="col">
                <span className="sr">Way back</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.service}/${row.id}`}>
              <td className="mono">{row.type}</td>
              <td>{row.service}</td>
              <td>
                <time dateTime={row.occurredAt}>{formatMoment(row.occurredAt)}</time>
              </td>
              <td>{row.reason ?? 'Not kept'}</td>
              <td className="mono muted">{row.requestId ?? row.eventId}</td>
              {canRetry && (
                <td>
                  <Form method="post">
                    <input type="hidden" name="service" value={row.service} />
                    <input type="hidden" name="id" value={row.id} />
                    <Button type="submit" aria-label={`Try ${row.type} of ${row.service} again`}>
                      Try again
                    </Button>
                  </Form>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </TableRegion>
  )
}
