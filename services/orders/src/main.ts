import { startConsumer } from '@vitrine/kernel/consumer'
import { databaseClock } from '@vitrine/kernel/database.clock'
import { followDemoReset } from '@vitrine/kernel/demo.reset'
import { isPublicProduction, readEnv } from '@vitrine/kernel/env'
import { canBeSwitched } from '@vitrine/kernel/fault.switches'
import { connectMongo, ensureIndexes } from '@vitrine/kernel/mongo'
import { peopleEvents } from '@vitrine/kernel/people'
import { redisEventQueue } from '@vitrine/kernel/queues'
import { connectRedis } from '@vitrine/kernel/redis'
import { serve } from '@vitrine/kernel/serve'
import { reach } from '@vitrine/kernel/test.switches'
import { wireService } from '@vitrine/kernel/wire'
import { createOrdersApp, createOrdersServices } from './app.ts'
import { startDemoSeed } from './demo.seed.ts'
import { OrdersEnv } from './env.ts'
import { createEventHandlers } from './events.ts'
import { startLoops } from './loops.ts'
import { createStores } from './stores.ts'

const env = readEnv(OrdersEnv)
const wired = await wireService({ name: 'orders', env })
const { log } = wired
const connection = await connectMongo(env.MONGO_URL, 'orders', log)
// Holds end by it: a replica whose machine is ahead must not end them early.
const { clock, stop: stopClock } = await databaseClock(connection, wired.clock, log)
const base = { ...wired, clock }
const redis = await connectRedis(env.REDIS_URL, log)
const stores = createStores(connection, clock)
await ensureIndexes(connection)

const settings = { holdMinutes: env.STOCK_HOLD_MINUTES, taxIncluded: env.TAX_INCLUDED, shopCountry: env.SHOP_COUNTRY }
const deps = { ...base, ...stores, settings, reach, isForTesters: canBeSwitched(env) }
const services = createOrdersServices(deps)
const handlers = { ...createEventHandlers(stores.orders, log), ...peopleEvents(stores.people) }
const stops: (() => unknown)[] = [
  followDemoReset({ env, log, connection }),
  stopClock,
  startConsumer({ redisUrl: env.REDIS_URL, group: 'orders', handlers, inbox: stores.inbox, log }),
  stores.outbox.startRelay({ redis, log }),
  ...startLoops({ connection, settlement: services.settlement, people: stores.people, clock, log }),
]
if (env.SEED_DEMO && !isPublicProduction(env)) stops.push(startDemoSeed({ client: base.client, ...stores, clock, log }))

const queues = { outbox: stores.outbox, events: redisEventQueue(redis, 'orders') }
const app = createOrdersApp({ ...deps, services, queues, checks: { mongo: () => stores.orders.ping() } })
serve(app, { port: env.PORT, log, onStop: [...stops, () => redis.disconnect(), () => connection.close()] })
