import { join } from 'node:path'
import { announcing, redisChangeMark } from '@vitrine/kernel/change-mark'
import { startConsumer } from '@vitrine/kernel/consumer'
import { databaseClock } from '@vitrine/kernel/database.clock'
import { followDemoReset } from '@vitrine/kernel/demo.reset'
import { readEnv } from '@vitrine/kernel/env'
import { mongoInbox } from '@vitrine/kernel/inbox'
import { startLeasedLoop } from '@vitrine/kernel/lease'
import { connectMongo, ensureIndexes, pingMongo } from '@vitrine/kernel/mongo'
import { createOutbox } from '@vitrine/kernel/outbox'
import { redisEventQueue } from '@vitrine/kernel/queues'
import { connectRedis } from '@vitrine/kernel/redis'
import { serve } from '@vitrine/kernel/serve'
import { wireService } from '@vitrine/kernel/wire'
import { createCatalogApp, mongoStores } from './app.ts'
import { MOST_BYTES } from './csv/upload.ts'
import { CatalogEnv } from './env.ts'
import { catalogEvents } from './events.ts'
import { mongoReturns } from './return.mongo.ts'
import { guardStock } from './stock.models.mongo.ts'
import { startPatrol } from './view.patrol.ts'

const env = readEnv(CatalogEnv)
const { client: _unused, clock: machine, ...wired } = await wireService({ name: 'catalog', env })
const { log } = wired
const connection = await connectMongo(env.MONGO_URL, 'catalog', log)
const { clock, stop: stopClock } = await databaseClock(connection, machine, log)
const redis = await connectRedis(env.REDIS_URL, log)
const outbox = createOutbox(connection)
const mark = redisChangeMark(redis)
const stores = mongoStores(connection, outbox, mark)
// An event's changes are committed by the inbox.
const inbox = announcing(mongoInbox(connection), ['once'], mark)
await ensureIndexes(connection)
await guardStock(connection)
const { app, inventory, imports, alerts, views } = createCatalogApp({
  ...wired,
  clock,
  stores,
  mark,
  isCartHold: env.STOCK_HOLD === 'cart',
  checks: { mongo: () => pingMongo(connection) },
  queues: { outbox, events: redisEventQueue(redis, 'catalog') },
})
// What an earlier process committed in its last moment may not have been announced.
await mark.renew()
await views.fresh()
const stopPatrol = startPatrol(views, log)
const stopRelay = outbox.startRelay({ redis, log })
const stopConsumer = startConsumer({
  redisUrl: env.REDIS_URL,
  group: 'catalog',
  handlers: catalogEvents({ ...stores, returns: mongoReturns(connection), clock }),
  inbox,
  log,
})
const stopSweep = startLeasedLoop({
  connection,
  name: 'sweep',
  everyMs: 30_000,
  log,
  run: async () => void (await inventory.sweep()),
})
const stopImports = startLeasedLoop({
  connection,
  name: 'imports',
  everyMs: 5000,
  log,
  run: () => imports.workOff(),
})
const stopAlerts = startLeasedLoop({
  connection,
  name: 'alerts',
  everyMs: 5000,
  log,
  run: async () => void (await alerts.tell()),
})
/** The demo catalog is written by a program of its own, as at the first start. */
const seed = () => Bun.spawn([process.execPath, join(import.meta.dir, 'seed.main.ts')]).exited
const stopReset = followDemoReset({ env, log, connection, afterwards: seed })
serve(app, {
  port: env.PORT,
  log,
  maxRequestBodySize: MOST_BYTES + 1024,
  onStop: [
    stopClock,
    stopReset,
    () => imports.stop(),
    stopImports,
    stopAlerts,
    stopPatrol,
    stopSweep,
    stopConsumer,
    stopRelay,
    () => redis.disconnect(),
    () => connection.close(),
  ],
})
