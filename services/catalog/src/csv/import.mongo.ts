import { newId } from '@vitrine/kernel/ids'
import { withTransaction } from '@vitrine/kernel/mongo'
import type { Outbox } from '@vitrine/kernel/outbox'
import { keepStaffAct } from '@vitrine/kernel/staff-act'
import { type ClientSession, type Connection, mongo } from 'mongoose'
import { mongoBulkCatalog } from './bulk.mongo.ts'
import type { BatchOutcome, ImportRecord, ImportRepository } from './import.repository.ts'
import { importModels, type JobDoc } from './import.schema.mongo.ts'

/** A worker that was silent for so long has died; another one goes on. */
const SILENT_MS = 30_000
const KEPT_ERRORS = 500

const toRecord = ({ _id, issues, worker: _by, aliveAt: _since, ...doc }: JobDoc): ImportRecord => ({
  id: _id,
  ...doc,
  errors: issues,
})

const progressOf = ({ counts, rows, bytesDone, errors }: BatchOutcome) => ({
  $set: { bytesDone, aliveAt: new Date() },
  $inc: { ...counts, rows, errorCount: errors.length },
  ...(errors.length ? { $push: { issues: { $each: errors, $slice: KEPT_ERRORS } } } : {}),
})

export function mongoImportRepository(connection: Connection, outbox: Outbox): ImportRepository {
  const { jobs, pieces } = importModels(connection)
  const bulk = mongoBulkCatalog(connection)

  async function isOurs(id: string, worker: string, outcome: BatchOutcome, session: ClientSession): Promise<boolean> {
    const filter = { _id: id, worker, status: 'running' as const }
    const { matchedCount } = await jobs.updateOne(filter, progressOf(outcome), { session })
    return matchedCount > 0
  }

  return {
    async saveFile(source) {
      const fileId = newId('fil')
      let place = 0
      for await (const bytes of source) {
        const piece = { fileId, place, bytes: Buffer.from(bytes), at: new Date() }
        await pieces.create({ _id: `${fileId}/${place}`, ...piece })
        place++
      }
      return fileId
    },
    async *readFile(fileId) {
      for await (const { bytes } of pieces.find({ fileId }).sort({ place: 1 }).lean().cursor({ batchSize: 1 }))
        yield bytes instanceof mongo.Binary ? bytes.buffer : bytes
    },
    hasFile: async (fileId) => (await pieces.exists({ fileId })) !== null,
    async add({ id, errors, ...job }) {
      await jobs.create({ _id: id, ...job, issues: errors, worker: null, aliveAt: null })
    },
    async find(id) {
      const doc = await jobs.findById(id).lean()
      return doc ? toRecord(doc) : null
    },
    async listRecent(limit) {
      const docs = await jobs.find({}, { issues: 0 }).sort({ createdAt: -1 }).limit(limit).lean()
      return docs.map((doc) => toRecord({ ...doc, issues: [] }))
    },
    async claim(worker) {
      const silentSince = new Date(Date.now() - SILENT_MS)
      const doc = await jobs
        .findOneAndUpdate(
          { $or: [{ status: 'queued' as const }, { status: 'running' as const, aliveAt: { $lt: silentSince } }] },
          { $set: { status: 'running', worker, aliveAt: new Date() } },
          { sort: { createdAt: 1 }, returnDocument: 'after' },
        )
        .lean()
      return doc ? toRecord(doc) : null
    },
    applyBatch: (job, worker, asked, cause, plan) =>
      withTransaction(connection, async (session) => {
        const { plans, outcome } = plan(await bulk.load(asked, session))
        if (!(await isOurs(job.id, worker, outcome, session))) {
          await session.abortTransaction()
          return false
        }
        if (!job.dryRun) await bulk.write(plans, cause, session)
        return true
      }),
    async finish(id, worker, status, message, at) {
      await withTransaction(connection, async (session) => {
        const job = await jobs
          .findOneAndUpdate(
            { _id: id, worker, status: 'running' },
            { $set: { status, message, finishedAt: at }, $unset: { aliveAt: 1 } },
            { session, returnDocument: 'after' },
          )
          .lean()
        if (!job || job.dryRun) return
        const { created, updated, skipped, fileName } = job
        if (created + updated > 0) await outbox.add(session, 'products.imported', { jobId: id, created, updated })
        const after = { fileName, status, created, updated, skipped }
        await keepStaffAct(outbox, session, job.hand, { action: 'products.imported', target: id, before: null, after })
        await pieces.deleteMany({ fileId: job.fileId }, { session })
      })
    },
  }
}
