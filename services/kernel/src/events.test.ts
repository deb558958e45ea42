import { afterAll, expect, test } from 'bun:test'
import mongoose from 'mongoose'
import { startConsumer } from './consumer.ts'
import { mongoInbox } from './inbox.ts'
import { startLeasedLoop } from './lease.ts'
import { silentLog } from './log.ts'
import { afterCommit, connectMongo, ensureIndexes, withTransaction } from './mongo.ts'
import { createOutbox } from './outbox.ts'
import { connectBlockingRedis, connectRedis } from './redis.ts'
import { startTestMongo, startTestRedis } from './stores.testing.ts'

const log = silentLog()
const [mongo, redisStore] = await Promise.all([startTestMongo(), startTestRedis()])
const connection = await connectMongo(mongo.url, 'kernel_events', log)
const redis = await connectRedis(redisStore.url, log)
const outbox = createOutbox(connection)
const inbox = mongoInbox(connection)
await ensureIndexes(connection)
afterAll(async () => {
  redis.disconnect()
  await connection.close()
})

async function until(isTrue: () => boolean | Promise<boolean>) {
  const deadline = Date.now() + 8000
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error('The condition did not come true within 8 s.')
    await Bun.sleep(20)
  }
}

const adjusted = (sku: string) => ({ sku, onHand: 1, available: 1 })

test('an event of a committed change arrives once, one of a rolled back change never', async () => {
  const seen: string[] = []
  const stopRelay = outbox.startRelay({ redis, log, everyMs: 20 })
  const stopConsumer = startConsumer({
    redisUrl: redisStore.url,
    group: 'once',
    inbox,
    log,
    handlers: {
      'stock.adjusted': async (event) => {
        seen.push(event.data.sku)
      },
    },
  })
  await withTransaction(connection, async (session) => {
    await outbox.add(session, 'stock.adjusted', adjusted('KEPT'))
  })
  await withTransaction(connection, async (session) => {
    await outbox.add(session, 'stock.adjusted', adjusted('ROLLED-BACK'))
    throw new Error('rolled back on purpose')
  }).catch(() => undefined)
  await until(() => seen.includes('KEPT'))
  await until(async () => (await outbox.countPending()) === 0)
  expect(seen).toEqual(['KEPT'])
  await stopConsumer()
  await stopRelay()
})

test('an event is published as soon as it is committed, by whichever replica, though the relay itself looks once an hour', async () => {
  const other = await connectMongo(mongo.url, 'kernel_events', log)
  const replicas = [
    { connection, outbox },
    { connection: other, outbox: createOutbox(other) },
  ]
  const stops = replicas.map((replica) => replica.outbox.startRelay({ redis, log, everyMs: 3_600_000 }))
  // The first rounds of the relays are over once they listen and the lease is there.
  await until(async () => (await connection.collection('leases').countDocuments({})) > 0)
  await until(async () => Number((await redis.pubsub('NUMSUB', 'outbox:kernel_events'))[1]) === replicas.length)
  for (const replica of replicas) {
    await withTransaction(replica.connection, async (session) => {
      await replica.outbox.add(session, 'stock.adjusted', adjusted('HEARD'))
    })
    await until(async () => (await outbox.countPending()) === 0)
  }
  for (const stop of stops) await stop()
  await other.close()
})

test('what follows a commit is not done for an attempt that was rolled back, and once for the one that was kept', async () => {
  let attempts = 0
  let follows = 0
  const follow = () => void follows++
  await withTransaction(connection, async (session) => {
    attempts++
    afterCommit(session, follow)
    afterCommit(session, follow)
    const conflict = new mongoose.mongo.MongoServerError({
      message: 'a write conflict',
      errorLabels: ['TransientTransactionError'],
    })
    if (attempts === 1) throw conflict
    await outbox.add(session, 'stock.adjusted', adjusted('AGAIN'))
  })
  expect([attempts, follows]).toEqual([2, 1])
  await withTransaction(connection, async (session) => {
    afterCommit(session, follow)
    throw new Error('rolled back on purpose')
  }).catch(() => undefined)
  expect(follows).toBe(1)
})

test('an entry that cannot be read is parked in the end and holds up nobody', async () => {
  const seen: string[] = []
  const entry = await redis.xadd('events', '*', 'event', '{ this is no event')
  const event = { type: 'stock.adjusted', version: 1, occurredAt: new Date().toISOString(), data: adjusted('BEHIND') }
  await redis.xadd('events', '*', 'event', JSON.stringify({ ...event, id: 'evt_behind' }))
  const stop = startConsumer({
    redisUrl: redisStore.url,
    group: 'unreadable',
    inbox,
    log,
    handlers: { 'stock.adjusted': async ({ data }) => void seen.push(data.sku) },
  })
  await until(() => seen.includes('BEHIND'))
  // Only the unreadable one is still to be done.
  await until(async () => {
    const pending = (await redis.xpending('events', 'unreadable', '-', '+', 10)) as [id: string][]
    return pending.length === 1 && pending[0]?.[0] === entry
  })
  await stop()
})

test('an event published twice takes effect once', async () => {
  let effects = 0
  const event = JSON.stringify({
    id: 'evt_twice',
    type: 'stock.adjusted',
    version: 1,
    occurredAt: new Date().toISOString(),
    data: adjusted('TWICE'),
  })
  await redis.xadd('events', '*', 'event', event)
  await redis.xadd('events', '*', 'event', event)
  await redis.xadd(
    'events',
    '*',
    'event',
    JSON.stringify({ ...JSON.parse(event), id: 'evt_last', data: adjusted('LAST') }),
  )
  let isDone = false
  const stop = startConsumer({
    redisUrl: redisStore.url,
    group: 'twice',
    inbox,
    log,
    handlers: {
      'stock.adjusted': async (received) => {
        if (received.data.sku === 'TWICE') effects++
        if (received.data.sku === 'LAST') isDone = true
      },
    },
  })
  await until(() => isDone)
  expect(effects).toBe(1)
  await stop()
})

test('a failing event is tried again without holding up the next', async () => {
  const order: string[] = []
  let hasFailed = false
  for (const sku of ['FAILS-FIRST', 'FOLLOWS']) {
    await redis.xadd(
      'events',
      '*',
      'event',
      JSON.stringify({
        id: `evt_${sku}`,
        type: 'stock.adjusted',
        version: 1,
        occurredAt: new Date().toISOString(),
        data: adjusted(sku),
      }),
    )
  }
  const stop = startConsumer({
    redisUrl: redisStore.url,
    group: 'retry',
    inbox,
    log,
    handlers: {
      'stock.adjusted': async ({ data }) => {
        if (data.sku === 'FAILS-FIRST' && !hasFailed) {
          hasFailed = true
          throw new Error('not yet')
        }
        if (data.sku === 'FAILS-FIRST' || data.sku === 'FOLLOWS') order.push(data.sku)
      },
    },
  })
  await until(() => order.length === 2)
  expect(order).toEqual(['FOLLOWS', 'FAILS-FIRST'])
  await stop()
}, 15_000)

test('a leased loop runs on one replica at a time and moves on when its holder stops', async () => {
  const runs = { first: 0, second: 0 }
  const loop = (name: 'first' | 'second') =>
    startLeasedLoop({
      connection,
      name: 'shared',
      everyMs: 20,
      log,
      run: async () => {
        runs[name]++
      },
    })
  const stopFirst = loop('first')
  await until(() => runs.first > 2)
  const stopSecond = loop('second')
  const before = runs.first
  await until(() => runs.first > before + 3)
  expect(runs.second).toBe(0)
  await stopFirst()
  await until(() => runs.second > 0)
  await stopSecond()
})

test('a leased loop that hears of work while it works has another round at once', async () => {
  let rounds = 0
  let wake = () => {}
  const stop = startLeasedLoop({
    connection,
    name: 'woken',
    everyMs: 3_600_000,
    log,
    listen: (heard) => {
      wake = heard
      return async () => {}
    },
    run: async () => {
      rounds++
      if (rounds === 1) wake()
    },
  })
  await until(() => rounds === 2)
  wake()
  await until(() => rounds === 3)
  await stop()
})

test('a redis that is away fails a request-path command at once', async () => {
  const away = await connectRedis('redis://127.0.0.1:1', log)
  const started = performance.now()
  await expect(away.get('x')).rejects.toThrow()
  expect(performance.now() - started).toBeLessThan(1000)
  away.disconnect()
  connectBlockingRedis(redisStore.url, log).disconnect()
})
