import type { ServerBuild } from '@remix-run/server-runtime'
import { createBranches } from '#app/server/branch.server.ts'
import { env } from '#app/server/env.server.ts'
import { closeRedis, warmUpRedis } from '#app/server/redis.server.ts'
import { createPatternOf } from '#app/server/route-pattern.ts'
import { createFileServer } from '#app/server/static-files.server.ts'
import { createTelemetry, METRICS_PATH } from '#app/server/telemetry.server.ts'
import { handleVisit } from '#app/server/visit.server.ts'

const CLIENT = new URL('./build/client/', import.meta.url).pathname
const BUILD = './build/server/index.js'

const MOST_BYTES = 12 * 1024 * 1024
/** The one form that may bring a large file: a CSV of the whole catalog. */
const LARGE_FORM = /^\/admin\/import(\.data)?\/?$/i
const MOST_LARGE_BYTES = 66 * 1024 * 1024

/** A form says how long it is; one that is too long, or does not say, is refused before it is read. */
function refuseBody(request: Request, path: string): Response | null {
  if (request.method === 'GET' || request.method === 'HEAD' || LARGE_FORM.test(path)) return null
  const length = request.headers.get('Content-Length')
  if (length === null) return request.body ? new Response('Say how long the form is.', { status: 411 }) : null
  return Number(length) > MOST_BYTES ? new Response('This form is too large.', { status: 413 }) : null
}

const build: ServerBuild = await import(BUILD)
const renderOf = createBranches(build)
const serveFile = createFileServer(CLIENT)
const patternOf = createPatternOf(build.routes)
const telemetry = await createTelemetry()
let isStopping = false

const server = Bun.serve({
  hostname: process.env.HOST || '0.0.0.0',
  port: env.PORT,
  idleTimeout: 60,
  maxRequestBodySize: MOST_LARGE_BYTES,
  async fetch(request) {
    const { pathname } = new URL(request.url)
    if (pathname === '/livez') return new Response('ok')
    if (pathname === '/readyz') return new Response(isStopping ? 'stopping' : 'ok', { status: isStopping ? 503 : 200 })
    if (pathname === METRICS_PATH) return telemetry.text()
    const file = serveFile(request, pathname)
    if (file) return telemetry.visit(request, 'file', () => file)
    const pattern = patternOf(pathname)
    return telemetry.visit(
      request,
      pattern,
      () => refuseBody(request, pathname) ?? handleVisit(request, renderOf(pattern)),
    )
  },
  error(error) {
    console.error(error)
    return new Response('The page could not be made. Try again in a moment.', { status: 500 })
  },
})

async function stop() {
  if (isStopping) return
  isStopping = true
  await server.stop()
  await closeRedis()
  await telemetry.stop()
  process.exit(0)
}

process.on('SIGTERM', stop)
process.on('SIGINT', stop)
warmUpRedis()
console.info(`storefront listens on port ${server.port}`)
