import type { AuditQuery } from '@vitrine/contracts/staff'
import type { AuditFilter } from './audit.repository.ts'

const BUCKET_MS = 10 * 60_000
const DAY_MS = 86_400_000

/** Names the ten minutes that a moment lies in. */
export const bucketOf = (moment: Date): number => Math.floor(moment.getTime() / BUCKET_MS)

const isDay = (text: string): boolean => text.length === 10

/** A day as `to` is meant whole; a moment is where to stop. */
const endOf = (text: string): Date => new Date(isDay(text) ? Date.parse(text) + DAY_MS : Date.parse(text))

/** The query as the log is asked; `person` is an id by now. */
export function auditFilter(query: AuditQuery, person: string | undefined): AuditFilter {
  const { action, actor, target, from, to, limit, cursor } = query
  return {
    limit,
    ...(action ? { action } : {}),
    ...(actor ? { actor } : {}),
    ...(target ? { target } : {}),
    ...(person ? { person } : {}),
    ...(from ? { from: new Date(Date.parse(from)) } : {}),
    ...(to ? { before: endOf(to) } : {}),
    ...(cursor ? { cursor } : {}),
  }
}
