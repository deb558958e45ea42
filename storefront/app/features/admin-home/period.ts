export const RANGES = [
  ['7', 'Last 7 days'],
  ['30', 'Last 30 days'],
  ['90', 'Last 90 days'],
] as const

const DAY_MS = 86_400_000
const dayOf = (time: number): string => new Date(time).toISOString().slice(0, 10)

export interface Period {
  days: number
  from: string
  to: string
  previousFrom: string
}

/** The days up to and with today (UTC), and where the same number of days before them began. `to` is the day after. */
export function periodOf(range: string | null, now: Date): Period {
  const days = Number(RANGES.find(([key]) => key === range)?.[0] ?? 30)
  const tomorrow = Math.floor(now.getTime() / DAY_MS) * DAY_MS + DAY_MS
  return {
    days,
    from: dayOf(tomorrow - days * DAY_MS),
    to: dayOf(tomorrow),
    previousFrom: dayOf(tomorrow - 2 * days * DAY_MS),
  }
}

/** Every day of the period, also those on which nothing was sold. */
export function everyDay<T extends { day: string }>(
  { from, days }: Period,
  found: readonly T[],
  empty: (day: string) => T,
): T[] {
  const byDay = new Map(found.map((entry) => [entry.day, entry]))
  const start = Date.parse(from)
  return Array.from({ length: days }, (_, index) => {
    const day = dayOf(start + index * DAY_MS)
    return byDay.get(day) ?? empty(day)
  })
}

/** The change against before, in whole percent; null when there is nothing to compare with. */
export const percentChange = (now: number, before: number): number | null =>
  before === 0 ? null : Math.round(((now - before) / before) * 100)
