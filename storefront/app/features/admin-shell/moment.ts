const TIME_ZONE = 'Europe/Berlin'
const short = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: TIME_ZONE,
})
const withYear = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: TIME_ZONE,
})

const RECENT_MS = 180 * 86_400_000

/** For tables: "19 Nov, 20:12", and "19 Nov 2025" for what is long ago seen from the newest line. */
export function formatMoment(iso: string, newest: string = iso): string {
  const isOld = Date.parse(newest) - Date.parse(iso) > RECENT_MS
  return (isOld ? withYear : short).format(new Date(iso))
}
