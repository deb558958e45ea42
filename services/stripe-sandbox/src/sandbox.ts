import type { Clock } from '@vitrine/kernel/clock'
import type { Log } from '@vitrine/kernel/log'
import type { Connection } from '@vitrine/kernel/mongo'
import { ensureIndexes, pingMongo } from '@vitrine/kernel/mongo'
import { createSandboxApp } from './app.ts'
import { createBrowserScript } from './browser.script.ts'
import { createControl } from './control.ts'
import { mongoDeliveryRepository } from './deliveries.mongo.ts'
import { mongoIdempotencyRepository } from './idempotency.mongo.ts'
import { mongoObjectRepository } from './objects.mongo.ts'
import { startWebhookWorker } from './webhooks.ts'

interface SandboxOptions {
  connection: Connection
  clock: Clock
  log: Log
  port: number
  publicUrl: string
}

/** Serves the sandbox and delivers its webhooks until stopped. */
export async function startSandbox({ connection, clock, log, port, publicUrl }: SandboxOptions) {
  const control = createControl(() => clock.now())
  const deliveries = mongoDeliveryRepository(connection, () => new Date())
  const objects = mongoObjectRepository(connection, deliveries, control.now)
  const idempotency = mongoIdempotencyRepository(connection)
  await ensureIndexes(connection)
  const app = createSandboxApp({
    objects,
    idempotency,
    control,
    log,
    publicUrl,
    isReady: () => pingMongo(connection),
    browserScript: await createBrowserScript(),
  })
  const server = Bun.serve({ port, hostname: process.env.HOST || '0.0.0.0', fetch: app, idleTimeout: 60 })
  const stopWorker = startWebhookWorker({ objects, deliveries, control, log })
  return {
    url: `http://127.0.0.1:${server.port}`,
    async stop() {
      await server.stop()
      await stopWorker()
    },
  }
}
