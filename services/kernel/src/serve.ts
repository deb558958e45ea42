import { contextOf, runInContext } from './context.ts'
import type { Log } from './log.ts'
import { stopTracing } from './tracing.ts'

interface Servable {
  fetch: (request: Request) => Response | Promise<Response>
}

export interface ServeOptions {
  port: number
  log: Log
  /** Run in order after the last request has ended: stop loops, close pools. */
  onStop?: (() => unknown)[]
  /** Bytes; 1 MiB unless told. */
  maxRequestBodySize?: number
}

/** Listens, and on SIGTERM or SIGINT lets requests in flight end (10 s at most) before it closes everything. */
export function serve(app: Servable, { port, log, onStop = [], maxRequestBodySize = 1024 * 1024 }: ServeOptions): void {
  // Loopback unless told: containers set HOST=0.0.0.0.
  const hostname = process.env.HOST || '127.0.0.1'
  const server = Bun.serve({
    hostname,
    port,
    idleTimeout: 30,
    maxRequestBodySize,
    fetch: (request) => runInContext(contextOf(request.headers), () => app.fetch(request)),
  })
  log.info({ port: server.port }, 'listening')
  let isStopping = false
  async function stop(signal: string) {
    if (isStopping) return
    isStopping = true
    log.info({ signal }, 'stopping')
    setTimeout(() => process.exit(1), 10_000).unref()
    await server.stop()
    for (const step of onStop) await step()
    await stopTracing()
    process.exit(0)
  }
  process.on('SIGTERM', () => stop('SIGTERM'))
  process.on('SIGINT', () => stop('SIGINT'))
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'unhandled rejection'))
}
