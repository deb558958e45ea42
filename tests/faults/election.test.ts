import { afterAll, expect, test } from 'bun:test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MongoClient } from 'mongodb'
import { silentLog } from '../../services/kernel/src/log.ts'
import { connectMongo, withTransaction } from '../../services/kernel/src/mongo.ts'
import { freePort, ROOT } from '../mesh.process.ts'
import { until } from '../system/edge.client.ts'

const binary = process.env.MONGOD_BIN || Bun.which('mongod') || join(ROOT, '.mesh/bin/mongod')
const stops: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const stop of stops) await stop()
})

async function startMember(): Promise<{ port: number; kill: () => void }> {
  const dir = await mkdtemp(join(tmpdir(), 'vitrine-member-'))
  const port = await freePort()
  const args = ['--port', String(port), '--dbpath', dir, '--replSet', 'three', '--bind_ip', '127.0.0.1']
  const child = Bun.spawn([binary, ...args, '--wiredTigerCacheSizeGB', '0.25', '--nounixsocket'], {
    stdin: 'ignore',
    stdout: 'ignore',
    stderr: 'ignore',
  })
  stops.push(async () => {
    child.kill('SIGKILL')
    await child.exited
    await rm(dir, { recursive: true, force: true })
  })
  return { port, kill: () => child.kill('SIGKILL') }
}

test('the primary of three is killed: writes go on within 15 s, and nothing that was acknowledged is lost', async () => {
  const members = await Promise.all([startMember(), startMember(), startMember()])
  const [first] = members
  const direct = new MongoClient(`mongodb://127.0.0.1:${first?.port}/?directConnection=true`)
  await until('a member answers', () => direct.connect().catch(() => null))
  const config = { _id: 'three', members: members.map(({ port }, _id) => ({ _id, host: `127.0.0.1:${port}` })) }
  await direct.db('admin').command({ replSetInitiate: config })
  await until('there is a primary', async () => {
    const hello = await direct.db('admin').command({ hello: 1 })
    return typeof hello.primary === 'string'
  })
  const hello = await direct.db('admin').command({ hello: 1 })
  const primary = members.find(({ port }) => String(hello.primary).endsWith(`:${port}`))
  const seeds = members.map(({ port }) => `127.0.0.1:${port}`).join(',')
  const connection = await connectMongo(`mongodb://${seeds}/?replicaSet=three`, 'election', silentLog())
  const writes = connection.collection<{ _id: number }>('writes')
  await connection.createCollection('writes')
  const acknowledged: number[] = []
  const write = async (_id: number) => {
    await withTransaction(connection, async (session) => {
      await writes.updateOne({ _id }, { $set: { at: new Date() } }, { upsert: true, session })
    })
    acknowledged.push(_id)
  }
  for (let id = 0; id < 50; id++) await write(id)
  await direct.close()
  primary?.kill()
  const killedAt = performance.now()
  await until(
    'a write is acknowledged again',
    () =>
      write(50).then(
        () => true,
        () => false,
      ),
    30,
  )
  expect(performance.now() - killedAt).toBeLessThan(15_000)
  for (let id = 51; id < 100; id++) await write(id)
  const found = await writes.find({}).toArray()
  expect(acknowledged.filter((id) => !found.some(({ _id }) => _id === id))).toEqual([])
  await connection.close()
}, 120_000)
