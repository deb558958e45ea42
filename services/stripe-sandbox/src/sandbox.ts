import type { Clock } from '@vitrine/kernel/clock'
import type { Log } from '@vitrine/kernel/log'
import { createSandboxApp } from './app.ts'
import { createBrowserScript } from './browser.script.ts'
import { createControl } from './control.ts'
import type { OpenStorage } from './storage.ts'
import { startWebhookWorker } from './webhooks.ts'

export interface SandboxOptions {
  openStorage: OpenStorage
  clock: Clock
  log: Log
  port: number
  host?: string
  /** Where browsers reach the sandbox; without one, where it listens. */
  publicUrl?: string | undefined
}

/** Serves the sandbox and delivers its webhooks until stopped. */
export async function startSandbox({ openStorage, clock, log, port, host, publicUrl }: SandboxOptions) {
  const control = createControl(() => clock.now())
  let wake: () => void = () => undefined
  const storage = await openStorage({ now: control.now, onWork: () => wake() })
  const browserScript = await createBrowserScript()
  let handle: (request: Request) => Promise<Response> = async () => new Response(null, { status: 503 })
  const server = Bun.serve({
    port,
    hostname: host ?? '127.0.0.1',
    fetch: (request) => handle(request),
    idleTimeout: 60,
  })
  const url = `http://127.0.0.1:${server.port}`
  const app = createSandboxApp({
    storage,
    control,
    log,
    publicUrl: publicUrl ?? url,
    browserScript,
    wake: () => wake(),
  })
  handle = app.handle
  const { objects, deliveries } = storage
  const worker = startWebhookWorker({ objects, deliveries, later: app.later, control, log })
  wake = worker.wake
  return {
    url,
    async stop() {
      await server.stop()
      await worker.stop()
      await storage.close()
    },
  }
}
