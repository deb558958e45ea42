import { type Connection, type Model, Schema } from 'mongoose'
import { newId } from './ids.ts'
import type { Log } from './log.ts'

interface LeaseDoc {
  _id: string
  holder: string
  expiresAt: Date
}

const schema = new Schema<LeaseDoc>(
  { _id: String, holder: String, expiresAt: Date },
  { collection: 'leases', versionKey: false },
)

function leaseModel(connection: Connection): Model<LeaseDoc> {
  return (connection.models.Lease as Model<LeaseDoc> | undefined) ?? connection.model<LeaseDoc>('Lease', schema)
}

/** Takes or renews a lease by the database's clock; false when another replica holds it. */
async function takeLease(connection: Connection, name: string, holder: string, ttlMs: number): Promise<boolean> {
  const isFree = {
    $or: [{ $eq: [{ $ifNull: ['$holder', holder] }, holder] }, { $lt: ['$expiresAt', '$$NOW'] }],
  }
  const lease = await leaseModel(connection)
    .findOneAndUpdate(
      { _id: name },
      [
        {
          $set: {
            holder: { $cond: [isFree, holder, '$holder'] },
            expiresAt: { $cond: [isFree, { $add: ['$$NOW', ttlMs] }, '$expiresAt'] },
          },
        },
      ],
      { upsert: true, updatePipeline: true, returnDocument: 'after' },
    )
    .lean()
  return lease?.holder === holder
}

export interface LeasedLoop {
  connection: Connection
  /** Unique within the service's database. */
  name: string
  everyMs: number
  run: () => Promise<void>
  log: Log
}

/**
 * Runs `run` every `everyMs` on one replica only. A crashed holder is followed within the lease's 15 s at most.
 * Returns `stop`, which waits for the round under way and gives the lease back.
 */
export function startLeasedLoop({ connection, name, everyMs, run, log }: LeasedLoop): () => Promise<void> {
  const holder = newId('holder')
  const ttlMs = Math.max(everyMs * 3, 5000)
  let isStopping = false
  let wake = () => {}

  async function round() {
    try {
      if (await takeLease(connection, name, holder, ttlMs)) await run()
    } catch (error) {
      log.warn({ err: error, loop: name }, 'loop round failed')
    }
  }

  async function loop() {
    while (!isStopping) {
      await round()
      if (isStopping) break
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  const done = loop()
  return async () => {
    isStopping = true
    wake()
    await done
    await leaseModel(connection)
      .deleteOne({ _id: name, holder })
      .catch(() => undefined)
  }
}
