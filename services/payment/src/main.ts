import { followDemoReset } from '@vitrine/kernel/demo.reset'
import { readEnv } from '@vitrine/kernel/env'
import { canBeSwitched } from '@vitrine/kernel/fault.switches'
import { startLeasedLoop } from '@vitrine/kernel/lease'
import { connectMongo, ensureIndexes, pingMongo } from '@vitrine/kernel/mongo'
import { connectRedis } from '@vitrine/kernel/redis'
import { serve } from '@vitrine/kernel/serve'
import { wireService } from '@vitrine/kernel/wire'
import { createPaymentApp } from './app.ts'
import { PaymentEnv } from './env.ts'
import { stripeSettings } from './stripe.settings.ts'
import { wirePayments } from './wiring.ts'

const env = readEnv(PaymentEnv)
const base = await wireService({ name: 'payments', env })
const { clock, log } = base
const settings = stripeSettings(env)
const connection = await connectMongo(env.MONGO_URL, 'payment', log)
const redis = await connectRedis(env.REDIS_URL, log)
const parts = wirePayments({ connection, clock, log, settings })
await ensureIndexes(connection)

const { webhooks, reconciler } = parts
const loop = (name: string, everyMs: number, run: () => Promise<void>) =>
  startLeasedLoop({ connection, name, everyMs, run, log })
const stops: (() => unknown)[] = [
  followDemoReset({ env, log, connection }),
  parts.outbox.startRelay({ redis, log }),
  loop('webhook-worker', 2000, webhooks.drain),
  loop('reconciler', 15_000, reconciler.round),
  loop('reconciler-sweep', 120_000, reconciler.sweep),
]
if (settings.sandboxUrl) {
  const url = `${env.MESH_URL}/api/payments/webhooks/stripe`
  stops.push(loop('webhook-endpoint', 3000, () => webhooks.register(url)))
}

const app = createPaymentApp({
  ...base,
  ...parts,
  isForTesters: canBeSwitched(env),
  queues: { outbox: parts.outbox },
  checks: { mongo: () => pingMongo(connection) },
})
serve(app, { port: env.PORT, log, onStop: [...stops, () => redis.quit(), () => connection.close()] })
