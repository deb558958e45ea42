import type { EntryContext } from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import { renderToReadableStream } from 'react-dom/server.browser'
import { NonceContext } from '#app/nonce.ts'
import { requestIdOf } from '#app/server/api.server.ts'
import { contentSecurityPolicy } from '#app/server/security-headers.server.ts'
import { isSandbox } from '#app/server/shop.server.ts'

const RENDER_DEADLINE_MS = 10_000
export const streamTimeout = RENDER_DEADLINE_MS

export default async function handleRequest(request: Request, status: number, headers: Headers, context: EntryContext) {
  const nonce = crypto.randomUUID()
  let finalStatus = status
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), RENDER_DEADLINE_MS)
  const body = await renderToReadableStream(
    <NonceContext.Provider value={nonce}>
      <RemixServer context={context} url={request.url} abortDelay={RENDER_DEADLINE_MS} nonce={nonce} />
    </NonceContext.Provider>,
    {
      nonce,
      signal: deadline.signal,
      onError(error) {
        if (request.signal.aborted) return
        finalStatus = 500
        console.error(requestIdOf(request), error)
      },
    },
  )
  void body.allReady.catch(() => null).finally(() => clearTimeout(timer))
  if (isbot(request.headers.get('User-Agent'))) await body.allReady
  headers.set('Content-Type', 'text/html; charset=utf-8')
  headers.set('Content-Security-Policy', contentSecurityPolicy(nonce, isSandbox()))
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'private, no-cache')
  return new Response(body, { status: finalStatus, headers })
}

/** Loaders and actions turn what they expect into answers; what arrives here is a bug and is logged once. */
export function handleError(error: unknown, { request }: { request: Request }) {
  if (!request.signal.aborted) console.error(requestIdOf(request), error)
}
