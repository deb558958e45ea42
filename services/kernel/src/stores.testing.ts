import { existsSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Redis } from 'ioredis'
import mongoose from 'mongoose'

/** Real stores for tests: own processes, own ports, own temporary data; gone when the test process ends. */
export interface TestStore {
  url: string
  stop(): Promise<void>
}

const ROOT = resolve(import.meta.dir, '../../..')

function findBinary(name: string, variable: string): string {
  const candidates = [process.env[variable], Bun.which(name) ?? undefined, join(ROOT, '.mesh/bin', name)]
  const found = candidates.find((path) => path && existsSync(path))
  if (!found) throw new Error(`${name} was not found. Run "npm start" once, or set ${variable}.`)
  return found
}

const freePort = () =>
  new Promise<number>((done, fail) => {
    const server = createServer().once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })

async function waitFor(what: string, attempt: () => Promise<unknown>): Promise<void> {
  const deadline = Date.now() + 20_000
  for (;;) {
    try {
      await attempt()
      return
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`${what} did not become ready.`, { cause: error })
      await Bun.sleep(50)
    }
  }
}

// The shell holds the test process's pipe: however that process ends, the store and its data go with it.
const GUARD =
  '"$@" </dev/null >/dev/null 2>&1 & store=$!; cat >/dev/null; kill -9 $store; wait $store; rm -rf "$STORE_DIR"'

async function startProcess(binary: string, args: (port: number, dir: string) => string[]) {
  const dir = await mkdtemp(join(tmpdir(), 'vitrine-store-'))
  const port = await freePort()
  const child = Bun.spawn(['sh', '-c', GUARD, 'sh', binary, ...args(port, dir)], {
    stdin: 'pipe',
    stdout: 'ignore',
    stderr: 'ignore',
    env: { ...process.env, STORE_DIR: dir },
  })
  return {
    port,
    async stop() {
      child.stdin.end()
      await child.exited
    },
  }
}

async function launchMongo(): Promise<TestStore> {
  const { port, stop } = await startProcess(findBinary('mongod', 'MONGOD_BIN'), (port, dir) => [
    '--port',
    `${port}`,
    '--dbpath',
    dir,
    '--replSet',
    'rs0',
    '--bind_ip',
    '127.0.0.1',
    '--wiredTigerCacheSizeGB',
    '0.25',
    '--nounixsocket',
    // Tests make it refuse commands, as when its disk is full.
    '--setParameter',
    'enableTestCommands=1',
  ])
  await waitFor('mongod', async () => {
    const direct = await mongoose
      .createConnection(`mongodb://127.0.0.1:${port}/?directConnection=true`, { serverSelectionTimeoutMS: 500 })
      .asPromise()
    const config = { _id: 'rs0', members: [{ _id: 0, host: `127.0.0.1:${port}` }] }
    await direct.db
      ?.admin()
      .command({ replSetInitiate: config })
      .catch(() => undefined)
    const hello = await direct.db?.admin().command({ hello: 1 })
    await direct.close()
    if (!hello?.isWritablePrimary) throw new Error('not primary yet')
  })
  return { url: `mongodb://127.0.0.1:${port}/?replicaSet=rs0`, stop }
}

async function launchRedis(): Promise<TestStore> {
  const { port, stop } = await startProcess(findBinary('redis-server', 'REDIS_SERVER_BIN'), (port, dir) => [
    '--port',
    `${port}`,
    '--bind',
    '127.0.0.1',
    '--dir',
    dir,
    '--save',
    '',
    '--appendonly',
    'no',
    '--databases',
    `${REDIS_DATABASES}`,
  ])
  const url = `redis://127.0.0.1:${port}`
  await waitFor('redis-server', async () => {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null })
    client.on('error', () => undefined)
    await client.connect()
    client.disconnect()
  })
  return { url, stop }
}

const REDIS_DATABASES = 256
let mongo: Promise<TestStore> | undefined
let redis: Promise<TestStore> | undefined
let redisDatabases = 0

/** One mongod (replica set of one) shared by all test files of this process: use a database name of your own. */
export const startTestMongo = (): Promise<TestStore> => {
  mongo ??= launchMongo()
  return mongo
}

/** One redis-server shared by all test files of this process, with an empty database for each call. */
export async function startTestRedis(): Promise<TestStore> {
  redis ??= launchRedis()
  const { url, stop } = await redis
  return { url: `${url}/${redisDatabases++}`, stop }
}

/** One operation as mongod's profiler saw it. */
export interface StoreOperation {
  /** Such as `query orders`, `insert outbox`, `findAndModify orders`. */
  name: string
  plan: string
  examined: number
}

/** What mongod did for one database while `work` ran. Nobody else may use that database meanwhile. */
export async function profiled(
  connection: mongoose.Connection,
  work: () => Promise<unknown>,
): Promise<StoreOperation[]> {
  const { db } = connection
  if (!db) throw new Error('Not connected.')
  await db.command({ profile: 2, slowms: 0 })
  try {
    await work()
  } finally {
    await db.command({ profile: 0 })
  }
  const rows = await db.collection('system.profile').find({}).sort({ ts: 1 }).toArray()
  await db.collection('system.profile').drop()
  return rows
    .filter(({ ns }) => !String(ns).endsWith('.system.profile'))
    .map(({ op, ns, command, planSummary, docsExamined }) => ({
      name: `${op === 'command' ? Object.keys(command)[0] : op} ${String(ns).split('.').slice(1).join('.')}`,
      plan: String(planSummary ?? ''),
      examined: Number(docsExamined ?? 0),
    }))
}
