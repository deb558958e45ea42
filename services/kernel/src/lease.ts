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

/** Renewed every few seconds and worth nothing after: not worth waiting for the disk. Work under a lease bears a second holder. */
const LIGHT = { w: 1 } as const

/** Takes or renews a lease by the database's clock; false when another replica holds it. */
async function takeLease(connection: Connection, name: string, holder: string, ttlMs: number): Promise<boolean> {
  const isFree = {
    $or: [{ $eq: [{ $ifNull: ['$holder', holder] }, holder] }, { $lt: ['$expiresAt', '$$NOW'] }],
  }
  const renewal = {
    $set: {
      holder: { $cond: [isFree, holder, '$holder'] },
      expiresAt: { $cond: [isFree, { $add: ['$$NOW', ttlMs] }, '$expiresAt'] },
    },
  }
  const lease = await connection
    .collection<LeaseDoc>('leases')
    .findOneAndUpdate({ _id: name }, [renewal], { upsert: true, returnDocument: 'after', writeConcern: LIGHT })
  return lease?.holder === holder
}

export interface LeasedLoop {
  connection: Connection
  /** Unique within the service's database. */
  name: string
  everyMs: number
  run: () => Promise<void>
  log: Log
  /** Calls `wake` when there is work before the next round is due; returns how to stop listening. */
  listen?: (wake: () => void) => () => Promise<void>
}

/** Sleeps that can be cut short; a call of `wake` while nobody sleeps shortens the next one. */
function createAlarm() {
  let isDue = false
  let ring = () => {}
  return {
    wake() {
      isDue = true
      ring()
    },
    async sleep(ms: number) {
      if (!isDue) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          ring = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      isDue = false
    },
  }
}

/**
 * Runs `run` every `everyMs`, or as soon as `listen` hears of work, on one replica only. The lease is renewed at a
 * third of its time, and asked for as seldom by those who wait for it: a crashed holder is followed within 1.5 leases.
 * Returns `stop`, which waits for the round under way and gives the lease back.
 */
export function startLeasedLoop({ connection, name, everyMs, run, log, listen }: LeasedLoop): () => Promise<void> {
  const holder = newId('holder')
  const ttlMs = Math.max(everyMs * 3, 5000)
  const alarm = createAlarm()
  let isStopping = false
  let isHolder = false
  let askAgainAt = 0

  async function holdsLease(): Promise<boolean> {
    if (performance.now() < askAgainAt) return isHolder
    const askedAt = performance.now()
    isHolder = await takeLease(connection, name, holder, ttlMs)
    askAgainAt = askedAt + ttlMs / 3
    return isHolder
  }

  async function round() {
    try {
      if (await holdsLease()) await run()
    } catch (error) {
      askAgainAt = 0
      log.warn({ err: error, loop: name }, 'loop round failed')
    }
  }

  async function loop() {
    while (!isStopping) {
      await round()
      if (!isStopping) await alarm.sleep(everyMs)
    }
  }

  const done = loop()
  const stopListening = listen?.(alarm.wake)
  return async () => {
    isStopping = true
    alarm.wake()
    await done
    await stopListening?.()
    await leaseModel(connection)
      .deleteOne({ _id: name, holder })
      .catch(() => undefined)
  }
}
