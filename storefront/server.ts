import type { ServerBuild } from '@remix-run/server-runtime'
import { createRequestHandler } from '@remix-run/server-runtime'
import { env } from '#app/server/env.server.ts'
import { closeRedis, warmUpRedis } from '#app/server/single-flight.server.ts'
import { handleVisit } from '#app/server/visit.server.ts'

const IMMUTABLE = 'public, max-age=31536000, immutable'
const ONE_HOUR = 'public, max-age=3600'
const CLIENT = new URL('./build/client/', import.meta.url).pathname
const BUILD = './build/server/index.js'

const build: ServerBuild = await import(BUILD)
const render = createRequestHandler(build, 'production')
const files = new Set(new Bun.Glob('**/*').scanSync({ cwd: CLIENT }))
let isStopping = false

function serveFile(path: string): Response | null {
  const name = path.slice(1)
  if (!files.has(name)) return null
  const cache = path.startsWith('/assets/') ? IMMUTABLE : ONE_HOUR
  return new Response(Bun.file(CLIENT + name), {
    headers: { 'Cache-Control': cache, 'X-Content-Type-Options': 'nosniff' },
  })
}

const server = Bun.serve({
  hostname: process.env.HOST || '0.0.0.0',
  port: env.PORT,
  idleTimeout: 60,
  maxRequestBodySize: 12 * 1024 * 1024,
  async fetch(request) {
    const { pathname } = new URL(request.url)
    if (pathname === '/livez') return new Response('ok')
    if (pathname === '/readyz') return new Response(isStopping ? 'stopping' : 'ok', { status: isStopping ? 503 : 200 })
    return serveFile(pathname) ?? handleVisit(request, render)
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
  process.exit(0)
}

process.on('SIGTERM', stop)
process.on('SIGINT', stop)
warmUpRedis()
console.info(`storefront listens on port ${server.port}`)
