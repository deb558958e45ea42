import { parseArgs } from 'node:util'
import { systemClock } from '@vitrine/kernel/clock'
import { isPublicProduction, readEnv } from '@vitrine/kernel/env'
import { createLog } from '@vitrine/kernel/log'
import { connectMongo } from '@vitrine/kernel/mongo'
import { standAside } from './aside.ts'
import { SandboxEnv } from './env.ts'
import { startSandbox } from './sandbox.ts'
import { mongoStorage } from './storage.mongo.ts'
import { sqliteStorage } from './storage.sqlite.ts'

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    host: { type: 'string' },
    store: { type: 'string' },
    'public-url': { type: 'string' },
  },
})
const env = readEnv(SandboxEnv, {
  ...process.env,
  ...(values.port ? { PORT: values.port } : {}),
  ...(values.store ? { SANDBOX_STORE: values.store } : {}),
  ...(values['public-url'] ? { PUBLIC_URL: values['public-url'] } : {}),
})
const log = createLog('stripe-sandbox')
if (env.STAND_ASIDE) standAside(env.PORT, log)
else await run()

async function run(): Promise<void> {
  if (env.STRIPE_SECRET_KEY || isPublicProduction({ PUBLIC_URL: 'http://localhost', ...env })) {
    log.error('The Stripe sandbox is for test mode on one machine. Set STRIPE_SECRET_KEY and leave the sandbox out.')
    process.exit(2)
  }
  const store = env.SANDBOX_STORE ?? env.MONGO_URL ?? 'memory'
  const isMongo = store.startsWith('mongodb')
  const sandbox = await startSandbox({
    openStorage: isMongo
      ? mongoStorage(await connectMongo(store, 'stripe_sandbox', log))
      : sqliteStorage(store === 'memory' ? ':memory:' : store),
    clock: systemClock,
    log,
    port: env.PORT,
    // In the mesh and in containers the address is given; alone it listens to this machine only.
    host: values.host ?? env.HOST ?? (env.MONGO_URL ? '0.0.0.0' : '127.0.0.1'),
    publicUrl: env.PUBLIC_URL,
  })
  log.info({ url: sandbox.url, store: isMongo ? 'mongodb' : store }, 'the Stripe sandbox listens')

  const stop = async () => {
    setTimeout(() => process.exit(1), 8000).unref()
    await sandbox.stop()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
