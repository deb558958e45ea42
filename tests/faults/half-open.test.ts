import { afterAll, expect, test } from 'bun:test'
import { silentLog } from '../../services/kernel/src/log.ts'
import { connectMongo, pingMongo } from '../../services/kernel/src/mongo.ts'
import { connectBlockingRedis, connectRedis } from '../../services/kernel/src/redis.ts'
import { startTestMongo, startTestRedis } from '../../services/kernel/src/stores.testing.ts'
import { startFaultProxy } from '../chaos/fault-proxy.ts'
import { until } from '../system/edge.client.ts'

const portOf = (url: string) => Number(/:(\d+)/.exec(url.replace(/^\w+:/, ''))?.[1])
const [mongo, redis] = await Promise.all([startTestMongo(), startTestRedis()])
const toRedis = await startFaultProxy(() => portOf(redis.url))
const toMongo = await startFaultProxy(() => portOf(mongo.url))
afterAll(async () => {
  await Promise.all([toRedis.stop(), toMongo.stop()])
})

test('what waits for events reads again within seconds after its connection went half-open', async () => {
  const reader = connectBlockingRedis(`redis://127.0.0.1:${toRedis.port}`, silentLog())
  const read = () => reader.xread('BLOCK', 100, 'STREAMS', 'half-open', '$')
  await read()
  toRedis.break({ kind: 'black_hole' })
  const answer = read()
  await until('the connection is hit', async () => toRedis.hits() > 0)
  toRedis.mend()
  expect(await Promise.race([answer, Bun.sleep(8000).then(() => 'still waiting')])).toBeNull()
  reader.disconnect()
}, 15_000)

test('a request path fails at once on a half-open connection to Redis, and finds a new one', async () => {
  const client = await connectRedis(`redis://127.0.0.1:${toRedis.port}`, silentLog())
  expect(await client.ping()).toBe('PONG')
  toRedis.break({ kind: 'black_hole' })
  const startedAt = performance.now()
  expect(await client.ping().catch(() => 'failed')).toBe('failed')
  expect(performance.now() - startedAt).toBeLessThan(1000)
  toRedis.mend()
  await until('it answers again', () => client.ping().catch(() => null), 8)
  client.disconnect()
}, 15_000)

test('a half-open connection to mongod is given up, and a new one answers', async () => {
  const url = `mongodb://127.0.0.1:${toMongo.port}/?directConnection=true`
  const connection = await connectMongo(url, 'half_open', silentLog())
  await pingMongo(connection)
  toMongo.break({ kind: 'black_hole' })
  const startedAt = performance.now()
  await pingMongo(connection).catch(() => undefined)
  toMongo.mend()
  await until(
    'it answers again',
    () =>
      pingMongo(connection).then(
        () => true,
        () => false,
      ),
    12,
  )
  expect(performance.now() - startedAt).toBeLessThan(15_000)
  await connection.close()
}, 25_000)
