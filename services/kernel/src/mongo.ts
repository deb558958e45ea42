import mongoose, { type ClientSession, type Connection } from 'mongoose'
import type { Log } from './log.ts'

mongoose.set('strictQuery', 'throw')

/**
 * Connects to one service's own database. Writes are majority and journaled; nothing is buffered while the
 * server is away, so a request fails within about 2 s instead of hanging.
 */
export async function connectMongo(url: string, dbName: string, log: Log): Promise<Connection> {
  const connection = mongoose.createConnection(url, {
    dbName,
    bufferCommands: false,
    autoIndex: false,
    serverSelectionTimeoutMS: 2000,
    socketTimeoutMS: 10_000,
    // With the heartbeat: how soon a server behind a half-open connection counts as away.
    connectTimeoutMS: 3000,
    maxPoolSize: 20,
    heartbeatFrequencyMS: 2000,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
  })
  connection.on('disconnected', () => log.warn('mongo disconnected'))
  connection.on('error', (error) => log.error({ err: error }, 'mongo error'))
  await connection.asPromise()
  return connection
}

/** Builds every index of every model of the connection; throws when one cannot be built. Call before serving. */
export async function ensureIndexes(connection: Connection): Promise<void> {
  for (const model of Object.values(connection.models)) {
    await model.createCollection()
    await model.createIndexes()
  }
}

const followers = new WeakMap<ClientSession, Set<() => void>>()

/** Calls `follow` once the transaction of `session` is committed, however often it was asked for; never after a rollback. */
export function afterCommit(session: ClientSession, follow: () => void): void {
  followers.get(session)?.add(follow)
}

/** Runs `work` in one transaction (snapshot, majority); the driver repeats it on transient errors, so it must be safe twice. */
export async function withTransaction<T>(
  connection: Connection,
  work: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const session = await connection.startSession()
  const attempt = () => {
    followers.set(session, new Set())
    return work(session)
  }
  try {
    const result = await session.withTransaction(attempt, {
      readConcern: { level: 'snapshot' },
      writeConcern: { w: 'majority' },
      maxCommitTimeMS: 5000,
    })
    for (const follow of followers.get(session) ?? []) follow()
    return result
  } finally {
    await session.endSession()
  }
}

/** True for a unique-index violation. */
export const isDuplicateKey = (error: unknown): boolean =>
  error instanceof mongoose.mongo.MongoServerError && error.code === 11000

/** Stepping down, shutting down, or a disk that is full: the same operation may succeed in a moment. */
const NOT_NOW = new Set([91, 189, 10058, 10107, 11600, 11602, 13435, 13436, 14031])

/** True when the store could not be reached or cannot write now, as opposed to refusing the operation. */
export const isStoreDown = (error: unknown): boolean =>
  error instanceof mongoose.mongo.MongoNetworkError ||
  error instanceof mongoose.mongo.MongoServerSelectionError ||
  error instanceof mongoose.mongo.MongoNotConnectedError ||
  (error instanceof mongoose.mongo.MongoServerError && NOT_NOW.has(Number(error.code))) ||
  (error instanceof mongoose.MongooseError && /bufferCommands|initial connection/.test(error.message))

/** Throws when the database does not answer within 2 s. */
export async function pingMongo(connection: Connection): Promise<void> {
  await connection.db?.admin().command({ ping: 1, maxTimeMS: 1500 })
}

/** A transaction as ports and services see it: something to hand on to the writes that belong together. */
export type Transaction = ClientSession
export type { ClientSession, Connection }
