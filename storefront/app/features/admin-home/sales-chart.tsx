import type { Money } from '@vitrine/contracts/money'
import { formatDate, formatMoney, formatMoneyShort } from '#app/format.ts'

interface Day {
  day: string
  revenue: Money
}

const LEFT = 58
const RIGHT = 640
const TOP = 20
const FLOOR = 198
const LABELS = 5

/** A round number at or above the highest day: 1, 2 or 5 with zeros. */
function ceilingOf(highest: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(highest, 100)))
  return [1, 2, 5, 10].map((factor) => factor * power).find((value) => value >= highest) ?? highest
}

function Bars({ days, ceiling }: { days: Day[]; ceiling: number }) {
  const slot = (RIGHT - LEFT) / days.length
  return days.map(({ day, revenue }, index) => {
    const height = (revenue.amount / ceiling) * (FLOOR - TOP)
    const x = LEFT + index * slot
    const isLabelled = index % Math.ceil(days.length / LABELS) === 0
    return (
      <g key={day}>
        <rect className="now" x={x + slot * 0.15} y={FLOOR - height} width={slot * 0.7} height={height} rx={2} />
        {isLabelled && (
          <text x={x + slot / 2} y={216} textAnchor="middle">
            {formatDate(day).replace(/ \d{4}$/, '')}
          </text>
        )}
      </g>
    )
  })
}

/** One bar a day. The sentence in its label says what eyes read off it. */
export function SalesChart({ days }: { days: [Day, ...Day[]] }) {
  const [first] = days
  const best = days.reduce((one, other) => (other.revenue.amount > one.revenue.amount ? other : one), { ...first })
  const ceiling = ceilingOf(best.revenue.amount)
  const label = `Sales per day over ${days.length} days. The best day was ${formatDate(best.day)} with ${formatMoney(best.revenue)}.`
  return (
    <svg className="chart" viewBox="0 0 640 224" role="img" aria-label={label}>
      {[0, 0.5, 1].map((part) => {
        const y = FLOOR - part * (FLOOR - TOP)
        return (
          <g key={part}>
            <line className="grid-line" x1={LEFT} x2={RIGHT} y1={y} y2={y} />
            <text x={LEFT - 8} y={y + 4} textAnchor="end">
              {formatMoneyShort({ ...best.revenue, amount: ceiling * part })}
            </text>
          </g>
        )
      })}
      <Bars days={days} ceiling={ceiling} />
    </svg>
  )
}
