import { systemClock } from '@vitrine/kernel/clock'
import { isPublicProduction, readEnv } from '@vitrine/kernel/env'
import { createLog } from '@vitrine/kernel/log'
import { connectMongo } from '@vitrine/kernel/mongo'
import { SandboxEnv } from './env.ts'
import { startSandbox } from './sandbox.ts'

const env = readEnv(SandboxEnv)
const log = createLog('stripe-sandbox')
if (env.STRIPE_SECRET_KEY || isPublicProduction(env)) {
  log.error('The Stripe sandbox is for test mode on one machine. Set STRIPE_SECRET_KEY and leave the sandbox out.')
  process.exit(2)
}
const connection = await connectMongo(env.MONGO_URL, 'stripe_sandbox', log)
const sandbox = await startSandbox({ connection, clock: systemClock, log, port: env.PORT, publicUrl: env.PUBLIC_URL })
log.info({ url: sandbox.url }, 'the Stripe sandbox listens')

const stop = async () => {
  setTimeout(() => process.exit(1), 8000).unref()
  await sandbox.stop()
  await connection.close()
  process.exit(0)
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
