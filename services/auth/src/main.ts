import { startConsumer } from '@vitrine/kernel/consumer'
import { isPublicProduction, readEnv } from '@vitrine/kernel/env'
import { mongoInbox } from '@vitrine/kernel/inbox'
import { connectMongo, ensureIndexes, pingMongo } from '@vitrine/kernel/mongo'
import { redisEventQueue } from '@vitrine/kernel/queues'
import { connectRedis } from '@vitrine/kernel/redis'
import { serve } from '@vitrine/kernel/serve'
import { wireService } from '@vitrine/kernel/wire'
import { createAddressLimit } from './address-limit.redis.ts'
import { createAuthApp } from './app.ts'
import { prepareDemo } from './demo.ts'
import { AuthEnv } from './env.ts'
import { createEventHandlers } from './events.ts'
import { createNeighbours } from './neighbours.ts'
import { createPasswordHasher } from './password.argon2.ts'
import { startKeyLoops } from './signing-key.loops.ts'
import { mongoSigningKeys } from './signing-key.mongo.ts'
import { loadKeyRing } from './signing-keys.ts'
import { createMongoStore } from './store.mongo.ts'
import { mongoThrottleRepository } from './throttle.mongo.ts'

const env = readEnv(AuthEnv)
const wired = await wireService({ name: 'auth', env })
const { clock, log } = wired
const connection = await connectMongo(env.MONGO_URL, 'auth', log)
const redis = await connectRedis(env.REDIS_URL, log)
const { store, outbox, storeIn } = createMongoStore(connection)
const inbox = mongoInbox(connection)
const throttles = mongoThrottleRepository(connection)
const keyStore = mongoSigningKeys(connection)
const keys = await loadKeyRing(keyStore, clock)
await ensureIndexes(connection)
const hasher = createPasswordHasher()
const demo = { store, hasher, clock, isWanted: env.SEED_DEMO, isPublic: isPublicProduction(env) }
await prepareDemo(demo).catch((error: Error) => {
  log.fatal(error.message)
  process.exit(2)
})
const takeAttempt = createAddressLimit({ redis, limits: env.RATE_LIMITS, log })
const checks = { mongo: () => pingMongo(connection) }
const settings = { isHttps: env.PUBLIC_URL.startsWith('https:'), isSecondFactorRequired: env.STAFF_TOTP === 'required' }
const neighbours = createNeighbours(wired.client)
const queues = { outbox, events: redisEventQueue(redis, 'auth') }
const app = createAuthApp({
  ...wired,
  ...settings,
  queues,
  neighbours,
  store,
  throttles,
  takeAttempt,
  hasher,
  keys,
  checks,
})
const stopRelay = outbox.startRelay({ redis, log })
const handlers = createEventHandlers({ storeIn })
const stopConsumer = startConsumer({ redisUrl: env.REDIS_URL, group: 'auth', handlers, inbox, log })
const stopKeys = startKeyLoops({ connection, keyStore, keys, clock, log, days: env.KEY_ROTATION_DAYS })
serve(app, {
  port: env.PORT,
  log,
  onStop: [stopKeys, stopConsumer, stopRelay, () => redis.disconnect(), () => connection.close()],
})
