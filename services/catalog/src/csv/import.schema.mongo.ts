import { type Connection, Schema } from 'mongoose'
import type { ImportRecord } from './import.repository.ts'

/** Mongoose keeps the name `errors` for itself. */
export type JobDoc = Omit<ImportRecord, 'id' | 'errors'> & {
  _id: string
  issues: ImportRecord['errors']
  worker: string | null
  aliveAt: Date | null
}

const Mixed = Schema.Types.Mixed
const jobSchema = new Schema<JobDoc>(
  {
    _id: String,
    status: String,
    dryRun: Boolean,
    fileId: String,
    fileName: String,
    header: String,
    bytes: Number,
    bytesDone: Number,
    rows: Number,
    created: Number,
    updated: Number,
    unchanged: Number,
    skipped: Number,
    errorCount: Number,
    issues: [Mixed],
    message: { type: String, default: null },
    createdBy: String,
    hand: { type: Mixed, default: null },
    createdAt: Date,
    finishedAt: { type: Date, default: null },
    worker: { type: String, default: null },
    aliveAt: { type: Date, default: null },
  },
  { collection: 'imports', versionKey: false, timestamps: false },
)
jobSchema.index({ status: 1, createdAt: 1 })
jobSchema.index({ createdAt: 1 }, { expireAfterSeconds: 90 * 86_400 })

export interface PieceDoc {
  _id: string
  fileId: string
  place: number
  bytes: Buffer
  at: Date
}

const pieceSchema = new Schema<PieceDoc>(
  { _id: String, fileId: String, place: Number, bytes: Schema.Types.Buffer, at: Date },
  { collection: 'importFiles', versionKey: false },
)
pieceSchema.index({ fileId: 1, place: 1 })
pieceSchema.index({ at: 1 }, { expireAfterSeconds: 86_400 })

export const importModels = (connection: Connection) => ({
  jobs: connection.model<JobDoc>('Import', jobSchema),
  pieces: connection.model<PieceDoc>('ImportPiece', pieceSchema),
})
