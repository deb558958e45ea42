import { Link } from '@remix-run/react'
import { percentChange } from '#app/features/admin-home/period.ts'

export interface Kpi {
  name: string
  value: string
  now: number
  before: number
  series: number[]
  /** The list behind the number. */
  to: string
}

const WIDTH = 100
const TOP = 5
const BOTTOM = 33

/** The line through the values, as an SVG path over a field of 100 × 36. */
function sparkPath(series: readonly number[]): string {
  const highest = Math.max(...series, 1)
  const step = WIDTH / Math.max(series.length - 1, 1)
  return series
    .map((value, index) => {
      const y = BOTTOM - (value / highest) * (BOTTOM - TOP)
      return `${index === 0 ? 'M' : 'L'}${(index * step).toFixed(1)} ${y.toFixed(1)}`
    })
    .join('')
}

function Delta({ now, before }: Pick<Kpi, 'now' | 'before'>) {
  const change = percentChange(now, before)
  if (change === null) return null
  const isDown = change < 0
  return (
    <span className={isDown ? 'delta delta--down' : 'delta'}>
      <span className="sr">{isDown ? 'down ' : 'up '}</span>
      {isDown ? '↓' : '↑'} {Math.abs(change)} %<span className="sr"> against the time before</span>
    </span>
  )
}

export function Kpis({ items }: { items: Kpi[] }) {
  return (
    <ul className="kpis l">
      {items.map((kpi) => {
        const path = sparkPath(kpi.series)
        return (
          <li key={kpi.name}>
            <div className="kpi">
              <span className="kpi__name">
                <Link to={kpi.to}>{kpi.name}</Link> <Delta now={kpi.now} before={kpi.before} />
              </span>
              <span className="kpi__value">{kpi.value}</span>
              <svg className="spark" viewBox="0 0 100 36" preserveAspectRatio="none" aria-hidden="true">
                <path className="fill" d={`${path}L100 36L0 36z`} />
                <path d={path} />
              </svg>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
