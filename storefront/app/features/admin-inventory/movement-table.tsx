import type { Movement } from '@vitrine/contracts/inventory'
import { formatMoment } from '#app/features/admin-shell/moment.ts'
import { TableRegion } from '#app/features/admin-shell/page-parts.tsx'

const KINDS: Record<Movement['type'], string> = { IN: 'In', OUT: 'Out', ADJUST: 'Correction' }

const signed = ({ type, quantity }: Movement): string => {
  const change = type === 'OUT' ? -Math.abs(quantity) : quantity
  return change > 0 ? `+${change}` : String(change).replace('-', '−')
}

export function MovementTable({ movements }: { movements: Movement[] }) {
  return (
    <TableRegion label="Movements, table">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">When</th>
            <th scope="col">Kind</th>
            <th scope="col" className="end">
              Change
            </th>
            <th scope="col" className="end">
              On hand after
            </th>
            <th scope="col">Reason</th>
            <th scope="col">By</th>
          </tr>
        </thead>
        <tbody>
          {movements.map((movement) => (
            <tr key={movement.id}>
              <td>
                <time dateTime={movement.at}>{formatMoment(movement.at)}</time>
              </td>
              <td>{KINDS[movement.type]}</td>
              <td className="end num">{signed(movement)}</td>
              <td className="end num">{movement.onHand}</td>
              <td>{movement.reason}</td>
              <td className="mono muted">{movement.actor}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableRegion>
  )
}
