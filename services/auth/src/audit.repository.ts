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
  action?: string
  actor?: string
  target?: string
  limit: number
  cursor?: string
}

/** Lines are only ever added. */
export interface AuditRepository {
  add(line: AuditLine): Promise<void>
  /** Newest first. */
  list(filter: AuditFilter): Promise<Page<AuditLine>>
}
