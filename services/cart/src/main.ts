import { startConsumer } from '@vitrine/kernel/consumer'
import { followDemoReset } from '@vitrine/kernel/demo.reset'
import { readEnv } from '@vitrine/kernel/env'
import { redisEventQueue } from '@vitrine/kernel/queues'
import { connectRedis } from '@vitrine/kernel/redis'
import { serve } from '@vitrine/kernel/serve'
import { wireService } from '@vitrine/kernel/wire'
import { createCartApp } from './app.ts'
import { redisCartRepository } from './cart.redis.ts'
import { createCartService } from './cart.service.ts'
import { CartEnv } from './env.ts'
import { createEventHandlers, redisInbox } from './events.ts'
import { createCartHolds } from './hold.ts'
import { createNeighbours } from './neighbours.ts'

const env = readEnv(CartEnv)
const base = await wireService({ name: 'cart', env })
const { log } = base
const redis = await connectRedis(env.REDIS_URL, log)
const carts = redisCartRepository(redis)
const neighbours = createNeighbours(base.client)
const minutes = env.STOCK_HOLD_MINUTES
const holds = env.STOCK_HOLD === 'cart' ? createCartHolds({ neighbours, clock: base.clock, minutes }) : null
const service = createCartService({ carts, neighbours, holds })
const handlers = createEventHandlers(service)
const stop = startConsumer({ redisUrl: env.REDIS_URL, group: 'cart', handlers, inbox: redisInbox(carts), log })
const stopReset = followDemoReset({ env, log, afterwards: () => carts.forgetAll() })

const app = createCartApp({
  ...base,
  queues: { events: redisEventQueue(redis, 'cart') },
  service,
  checks: { redis: () => carts.ping() },
})
serve(app, { port: env.PORT, log, onStop: [stop, stopReset, () => redis.disconnect()] })
