import { contextOf } from './context.ts'
import { isOfApi, type Refusal, unclaimed, wordless } from './fallback.rules.ts'

/** Answers for services that are away, and puts what Traefik says by itself into the envelope, or on a plain page. */
const RETRY_AFTER_SECONDS = '2'

const pageOf = (title: string, text: string) => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>${title}</title>
<body style="font:1.1rem/1.6 system-ui;max-width:34rem;margin:20vh auto;padding:0 1rem"><h1>${title}</h1><p>${text}</p></body></html>`

const AWAY_PAGE = pageOf('Back in a moment', 'The shop is starting or being looked after. Please try again shortly.')
const LARGE_PAGE = pageOf('That was too much', 'What you sent is larger than the shop takes. Go back and send less.')

const retryAfter = (status: number): Record<string, string> =>
  status === 503 ? { 'retry-after': RETRY_AFTER_SECONDS } : {}

function inEnvelope({ status, code, message }: Refusal, requestId: string): Response {
  const headers = { 'x-request-id': requestId, 'cache-control': 'no-store', ...retryAfter(status) }
  const details = code === 'invalid_input' ? { details: { fields: { request: [message] } } } : {}
  return Response.json({ success: false, error: { code, message, ...details, requestId } }, { status, headers })
}

function asPage(status: number): Response {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', ...retryAfter(status) }
  return new Response(status === 413 ? LARGE_PAGE : AWAY_PAGE, { status, headers })
}

const pathOf = (address: string): string => URL.parse(address, 'http://asked')?.pathname ?? '/'

/** The path somebody asked for: Traefik names it when it asks for words, or for leave. */
function askedPath(url: URL, headers: Headers): string {
  const asked = pathOf(url.searchParams.get('url') ?? url.pathname)
  return asked === '/api/auth/authorize' ? pathOf(headers.get('x-forwarded-uri') ?? asked) : asked
}

function answer(request: Request): Response {
  const url = new URL(request.url)
  if (url.pathname === '/readyz' || url.pathname === '/livez') return new Response('ok')
  const { requestId } = contextOf(request.headers)
  const status = Number(/^\/_replies\/(\d{3})$/.exec(url.pathname)?.[1] ?? 0)
  const path = askedPath(url, request.headers)
  const said = status ? wordless(status, path) : unclaimed(url.pathname, request.headers.has('x-mesh'))
  if (isOfApi(path)) return inEnvelope(said, requestId)
  return asPage(status ? said.status : 503)
}

const server = Bun.serve({
  hostname: process.env.HOST || '0.0.0.0',
  port: Number(process.env.PORT || 3000),
  fetch: answer,
})

process.on('SIGTERM', async () => {
  await server.stop()
  process.exit(0)
})
