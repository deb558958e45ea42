import type { Page } from './page.ts'

export interface AuditLine {
  id: string
  at: Date
  action: string
  actor: string | null
  target: string | null
  sessionId: string | null
  address: string | null
  requestId: string | null
  details: Record<string, unknown>
}

export interface AuditFilter {
  /** A whole name, or the part before its dot. */
  action?: string
  actor?: string
  target?: string
  /** The actor or the target. */
  person?: string
  from?: Date
  /** Exclusive. */
  before?: Date
  limit: number
  cursor?: string
}

/** Lines are only ever added; one that counts repeats grows its number alone. */
export interface AuditRepository {
  add(line: AuditLine): Promise<void>
  /** Adds the line unless one with its id is there, and counts the repeat in `details.count`. */
  count(line: AuditLine): Promise<void>
  /** Newest first. */
  list(filter: AuditFilter): Promise<Page<AuditLine>>
}
