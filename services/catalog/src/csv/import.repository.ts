import type { ImportError, ImportJob, ImportStatus } from '@vitrine/contracts/imports'
import type { StaffHand } from '@vitrine/kernel/staff-act'
import type { Cause } from '../product.repository.ts'
import type { KnownCatalog, ProductPlan } from './plan.ts'

export type ImportCounts = Pick<ImportJob, 'created' | 'updated' | 'unchanged' | 'skipped'>

export interface ImportRecord extends ImportCounts {
  id: string
  status: ImportStatus
  dryRun: boolean
  fileId: string
  fileName: string
  header: string
  bytes: number
  bytesDone: number
  rows: number
  errorCount: number
  errors: ImportError[]
  message: string | null
  createdBy: string
  /** Whose hand started it, for the audit log. */
  hand: StaffHand | null
  createdAt: Date
  finishedAt: Date | null
}

export interface BatchOutcome {
  counts: ImportCounts
  rows: number
  bytesDone: number
  errors: ImportError[]
}

/** Import jobs, their files, and the bulk writes of a batch. */
export interface ImportRepository {
  /** Keeps a file in pieces. Returns its id. Files are forgotten after a day. */
  saveFile(pieces: AsyncIterable<Uint8Array>): Promise<string>
  readFile(fileId: string): AsyncIterable<Uint8Array>
  hasFile(fileId: string): Promise<boolean>
  add(job: ImportRecord): Promise<void>
  find(id: string): Promise<ImportRecord | null>
  listRecent(limit: number): Promise<ImportRecord[]>
  /** Takes the oldest unfinished job that nobody works at, or whose worker fell silent; null when there is none. */
  claim(worker: string): Promise<ImportRecord | null>
  /**
   * Plans and writes one batch in one transaction together with the job's new state, so that a batch takes effect
   * once. `plan` decides on the catalog as it stands in that transaction. False when another worker took the job over.
   */
  applyBatch(
    job: Pick<ImportRecord, 'id' | 'dryRun'>,
    worker: string,
    asked: { skus: string[]; slugs: string[] },
    cause: Cause,
    plan: (known: KnownCatalog) => { plans: ProductPlan[]; outcome: BatchOutcome },
  ): Promise<boolean>
  finish(id: string, worker: string, status: 'done' | 'failed', message: string | null, at: Date): Promise<void>
}
