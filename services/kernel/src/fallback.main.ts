import { randomUUID } from 'node:crypto'

/** Answers for services that are away: 503 in the envelope, or a plain page; 404 for what no service owns. */
const SERVICES = ['auth', 'catalog', 'cart', 'orders', 'payments', 'notifications']
const REQUEST_ID = /^[\w.:-]{8,128}$/
const RETRY_AFTER_SECONDS = '2'

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Back in a moment</title><body style="font:1.1rem/1.6 system-ui;max-width:34rem;margin:20vh auto;padding:0 1rem">
<h1>Back in a moment</h1><p>The shop is starting or being looked after. Please try again shortly.</p></body></html>`

function ofApi(path: string, requestId: string, isPrivate: boolean): Response {
  const [, area, service = ''] = path.split('/')
  const isReachable = area === 'api' ? !path.startsWith('/api/auth/authorize') : area === 'internal' && isPrivate
  const isAway = isReachable && SERVICES.includes(service)
  const error = isAway
    ? {
        code: 'unavailable',
        message: `The ${service} service does not answer right now. Try again in a moment.`,
        requestId,
      }
    : {
        code: 'not_found',
        message: `Nothing is served at this ${area === 'api' ? 'path of the API' : 'path'}.`,
        requestId,
      }
  const headers = { 'x-request-id': requestId, 'cache-control': 'no-store' }
  return Response.json(
    { success: false, error },
    { status: isAway ? 503 : 404, headers: isAway ? { ...headers, 'retry-after': RETRY_AFTER_SECONDS } : headers },
  )
}

const server = Bun.serve({
  hostname: process.env.HOST || '0.0.0.0',
  port: Number(process.env.PORT || 3000),
  fetch(request) {
    const { pathname } = new URL(request.url)
    const given = request.headers.get('x-request-id')
    const requestId = given && REQUEST_ID.test(given) ? given : randomUUID()
    if (pathname === '/readyz' || pathname === '/livez') return new Response('ok')
    if (/^\/(api|internal|stripe)(\/|$)/i.test(pathname))
      return ofApi(pathname, requestId, request.headers.has('x-mesh'))
    const headers = {
      'content-type': 'text/html; charset=utf-8',
      'retry-after': RETRY_AFTER_SECONDS,
      'cache-control': 'no-store',
    }
    return new Response(PAGE, { status: 503, headers })
  },
})

process.on('SIGTERM', async () => {
  await server.stop()
  process.exit(0)
})
