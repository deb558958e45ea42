import type { ImportError, ImportJob } from '@vitrine/contracts/imports'
import type { Clock } from '@vitrine/kernel/clock'
import { AppError, conflict, notFound } from '@vitrine/kernel/errors'
import { newId } from '@vitrine/kernel/ids'
import type { Log } from '@vitrine/kernel/log'
import type { Editor } from '../edit.ts'
import { groupRows, nameIn, slugIn } from './group.rules.ts'
import type { ImportRecord, ImportRepository } from './import.repository.ts'
import { planProduct, rowError } from './plan.rules.ts'
import type { KnownCatalog } from './plan.ts'
import { columnsOf, readRows, UnreadableCsv } from './reader.ts'
import type { CsvRow } from './row.rules.ts'
import { piecesOf } from './upload.ts'

const BATCH_ROWS = 400
/** A batch goes on past its size while the rows still speak of one product. */
const MOST_BATCH_ROWS = 1000
const BATCH_TRIES = 3
const COLLECT_EVERY = 4
/** A small file is done before the reply. */
const WAIT_MS = 1500

export interface ImportServiceDeps {
  imports: ImportRepository
  clock: Clock
  log: Log
}

type Row = CsvRow & { bytes: number }

/** Rows in batches that never part the rows of one product, if they stand together. */
async function* batchesOf(rows: AsyncIterable<Row>): AsyncGenerator<Row[]> {
  let batch: Row[] = []
  for await (const row of rows) {
    const last = batch.at(-1)
    const isFull = batch.length >= BATCH_ROWS && (nameIn(row) === '' || (last && nameIn(row) !== nameIn(last)))
    if (isFull || batch.length >= MOST_BATCH_ROWS) {
      yield batch
      batch = []
    }
    batch.push(row)
  }
  if (batch.length > 0) yield batch
}

/** Takes out rows whose SKU stood in the file before. */
function withoutRepeats(batch: Row[], seen: Map<string, number>): { rows: Row[]; errors: ImportError[] } {
  const errors: ImportError[] = []
  const rows = batch.filter((row) => {
    const sku = row.cells.sku?.trim() ?? ''
    const earlier = sku === '' ? undefined : seen.get(sku)
    if (earlier !== undefined) errors.push(rowError(row, 'sku', `This SKU stands in line ${earlier} already.`))
    else if (sku !== '') seen.set(sku, row.line)
    return earlier === undefined
  })
  return { rows, errors }
}

function planBatch(batch: Row[], repeated: { rows: Row[]; errors: ImportError[] }, known: KnownCatalog) {
  const { groups, errors } = groupRows(repeated.rows, known)
  const plans = groups.map((group) => planProduct(group, known))
  const sum = (name: 'created' | 'updated' | 'unchanged' | 'skipped') =>
    plans.reduce((total, plan) => total + plan.counts[name], 0)
  const all = [...repeated.errors, ...errors, ...plans.flatMap((plan) => plan.errors)].sort((a, b) => a.line - b.line)
  const counts = {
    created: sum('created'),
    updated: sum('updated'),
    unchanged: sum('unchanged'),
    skipped: sum('skipped'),
  }
  return { plans, outcome: { counts, rows: batch.length, bytesDone: batch.at(-1)?.bytes ?? 0, errors: all } }
}

export function createImportService({ imports, clock, log }: ImportServiceDeps) {
  const worker = newId('wrk')
  let isStopping = false
  let working: Promise<void> | null = null

  async function applyBatch(job: ImportRecord, batch: Row[], seen: Map<string, number>): Promise<boolean> {
    const repeated = withoutRepeats(batch, seen)
    const skus = repeated.rows.flatMap(({ cells }) => cells.sku?.trim() || [])
    const slugs = [...new Set(repeated.rows.map(slugIn).filter(Boolean))]
    const cause = { actor: job.createdBy, at: clock.now() }
    for (let attempt = 1; ; attempt++) {
      try {
        return await imports.applyBatch(job, worker, { skus, slugs }, cause, (known) =>
          planBatch(batch, repeated, known),
        )
      } catch (error) {
        // Somebody changed or made the same product meanwhile: the batch is planned again on what is there now.
        if (attempt >= BATCH_TRIES) throw error
      }
    }
  }

  /** Works through a job, from where it stopped. False when it should be left to another worker. */
  async function run(job: ImportRecord): Promise<boolean> {
    const seen = new Map<string, number>()
    let done = 0
    let batches = 0
    for await (const batch of batchesOf(readRows(imports.readFile(job.fileId), columnsOf(job.header)))) {
      if (isStopping) return false
      const before = done
      done += batch.length
      if (before < job.rows) withoutRepeats(batch, seen)
      else if (!(await applyBatch(job, batch, seen))) return false
      // What batches leave behind is garbage at once; collected late, it would be most of the memory of the process.
      if (++batches % COLLECT_EVERY === 0) Bun.gc(true)
    }
    return true
  }

  async function work(): Promise<void> {
    for (let job = await imports.claim(worker); job && !isStopping; job = await imports.claim(worker)) {
      try {
        if (await run(job)) await imports.finish(job.id, worker, 'done', null, clock.now())
      } catch (error) {
        if (!(error instanceof UnreadableCsv)) log.error({ err: error, importId: job.id }, 'import failed')
        const message = error instanceof UnreadableCsv ? error.message : 'The import stopped. Start it again.'
        await imports.finish(job.id, worker, 'failed', message, clock.now())
      }
    }
  }

  function workOff(): Promise<void> {
    working ??= work().finally(() => {
      working = null
    })
    return working
  }

  async function toView({
    fileId,
    header: _first,
    hand: _whose,
    bytes,
    bytesDone,
    ...job
  }: ImportRecord): Promise<ImportJob> {
    const isOver = job.status === 'done'
    return {
      ...job,
      progress: isOver ? 100 : Math.min(99, Math.floor((bytesDone / Math.max(1, bytes)) * 100)),
      hasFile: await imports.hasFile(fileId),
      createdAt: job.createdAt.toISOString(),
      finishedAt: job.finishedAt?.toISOString() ?? null,
    }
  }

  async function get(id: string): Promise<ImportJob> {
    const job = await imports.find(id)
    if (!job) throw notFound('import')
    return toView(job)
  }

  async function start(
    file: Pick<ImportRecord, 'fileId' | 'fileName' | 'header' | 'bytes'>,
    dryRun: boolean,
    { actor, hand = null }: Editor,
  ): Promise<ImportJob> {
    const id = newId('imp')
    const none = { rows: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, errorCount: 0, errors: [], bytesDone: 0 }
    const times = { createdAt: clock.now(), finishedAt: null }
    await imports.add({
      id,
      status: 'queued',
      dryRun,
      ...file,
      ...none,
      message: null,
      createdBy: actor,
      hand,
      ...times,
    })
    const worked = workOff().catch((error) => log.error({ err: error, importId: id }, 'import worker failed'))
    await Promise.race([worked, Bun.sleep(WAIT_MS)])
    return get(id)
  }

  return {
    get,
    async list(): Promise<{ items: ImportJob[] }> {
      return { items: await Promise.all((await imports.listRecent(10)).map(toView)) }
    },
    /** Keeps the upload and starts on it. A small file is done when this returns. */
    async upload(
      body: ReadableStream<Uint8Array> | null,
      { dryRun, fileName }: { dryRun: boolean; fileName: string },
      editor: Editor,
    ): Promise<ImportJob> {
      const upload = piecesOf(body)
      const fileId = await imports.saveFile(upload.pieces)
      const { header, bytes } = upload.read()
      columnsOf(header)
      return start({ fileId, fileName, header, bytes }, dryRun, editor)
    },
    /** Imports the file of a dry run that was looked at. */
    async runChecked(id: string, editor: Editor): Promise<ImportJob> {
      const job = await imports.find(id)
      if (!job) throw notFound('import')
      if (!job.dryRun || job.status !== 'done') throw conflict('conflict', 'Only a finished dry run can be imported.')
      if (!(await imports.hasFile(job.fileId)))
        throw new AppError('conflict', 'The file is not kept any more. Upload it again.')
      const { fileId, fileName, header, bytes } = job
      return start({ fileId, fileName, header, bytes }, false, editor)
    },
    workOff,
    async stop(): Promise<void> {
      isStopping = true
      await working
    },
  }
}

export type ImportService = ReturnType<typeof createImportService>
