import { TableRegion } from '#app/features/admin-shell/page-parts.tsx'
import type { Fact, Source } from '#app/features/admin-xray/x-ray.ts'
import { Badge, type BadgeTone } from '#app/ui/badge.tsx'
import { Notice } from '#app/ui/notice.tsx'

const TONES: Record<Source, BadgeTone> = {
  orders: 'info',
  payment: 'positive',
  stripe: 'lamp',
  events: 'plain',
  reconciliation: 'warning',
  notifications: 'outline',
}

const clockOf = (at: string): string => at.slice(11, 23)

function FactRow({ fact, startedAt }: { fact: Fact; startedAt: string }) {
  return (
    <tr>
      <td className="num nowrap">
        <time dateTime={fact.at}>
          {fact.at.slice(0, 10) === startedAt.slice(0, 10) ? '' : `${fact.at.slice(0, 10)} `}
          {clockOf(fact.at)}
        </time>
      </td>
      <td className="end num nowrap">+{(Date.parse(fact.at) - Date.parse(startedAt)).toLocaleString('en')} ms</td>
      <td>
        <Badge tone={fact.isTrouble ? 'danger' : TONES[fact.source]}>{fact.source}</Badge>
      </td>
      <td>{fact.text}</td>
      <td className="soft">{fact.note}</td>
      <td className="mono tiny">
        {fact.ids.map((id) => (
          <span key={id} className="id">
            {id}
          </span>
        ))}
      </td>
    </tr>
  )
}

/** The facts of one order in the order in which they happened, those out of the ordinary marked. */
export function FactTable({ facts }: { facts: Fact[] }) {
  const startedAt = facts[0]?.at ?? ''
  const troubles = facts.filter(({ isTrouble }) => isTrouble).length
  return (
    <>
      {troubles > 0 && (
        <Notice tone="warning">{troubles} of these facts are out of the ordinary; they are marked red.</Notice>
      )}
      <section className="box box--flush mt" aria-label="Facts">
        <TableRegion label="Facts, table">
          <table className="table x-ray">
            <thead>
              <tr>
                <th scope="col">Time (UTC)</th>
                <th scope="col" className="end">
                  Since the start
                </th>
                <th scope="col">From</th>
                <th scope="col">What</th>
                <th scope="col">Notes</th>
                <th scope="col">Ids</th>
              </tr>
            </thead>
            <tbody>
              {facts.map((fact) => (
                <FactRow
                  key={`${fact.at} ${fact.source} ${fact.text} ${fact.ids.join(' ')}`}
                  fact={fact}
                  startedAt={startedAt}
                />
              ))}
            </tbody>
          </table>
        </TableRegion>
      </section>
    </>
  )
}
