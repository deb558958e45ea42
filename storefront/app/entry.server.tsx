import type { EntryContext } from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import type { ReactNode } from 'react'
import { renderToReadableStream, renderToString } from 'react-dom/server.browser'
import { NonceContext } from '#app/nonce.ts'
import type { RouteHandle } from '#app/root.tsx'
import { requestIdOf } from '#app/server/api.server.ts'
import { contentSecurityPolicy } from '#app/server/security-headers.server.ts'
import { isSandbox } from '#app/server/shop.server.ts'

const RENDER_DEADLINE_MS = 10_000
export const streamTimeout = RENDER_DEADLINE_MS

/** Whether React runs in the browser on this page; the deepest route that says so decides, as in the root. */
function isHydrated({ staticHandlerContext, routeModules }: EntryContext): boolean {
  const handles = staticHandlerContext.matches.map(
    ({ route }) => routeModules[route.id]?.handle as RouteHandle | undefined,
  )
  return handles.findLast((handle) => handle?.hydrate !== undefined)?.hydrate ?? false
}

/** A page whose data is streamed to the browser after it: the first bytes leave as soon as they are there. */
async function renderStream(
  page: ReactNode,
  nonce: string,
  request: Request,
  fail: () => void,
): Promise<ReadableStream> {
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(), RENDER_DEADLINE_MS)
  const body = await renderToReadableStream(page, {
    nonce,
    signal: deadline.signal,
    onError(error) {
      if (request.signal.aborted) return
      fail()
      console.error(requestIdOf(request), error)
    },
  })
  void body.allReady.catch(() => null).finally(() => clearTimeout(timer))
  if (isbot(request.headers.get('User-Agent'))) await body.allReady
  return body
}

export default async function handleRequest(request: Request, status: number, headers: Headers, context: EntryContext) {
  const nonce = crypto.randomUUID()
  let finalStatus = status
  const page = (
    <NonceContext.Provider value={nonce}>
      <RemixServer context={context} url={request.url} abortDelay={RENDER_DEADLINE_MS} nonce={nonce} />
    </NonceContext.Provider>
  )
  const fail = () => {
    finalStatus = 500
  }
  // A page without React in the browser has all its data at hand: one string is half the work of a stream.
  const body = isHydrated(context)
    ? await renderStream(page, nonce, request, fail)
    : `<!DOCTYPE html>${renderToString(page)}`
  headers.set('Content-Type', 'text/html; charset=utf-8')
  headers.set('Content-Security-Policy', contentSecurityPolicy(nonce, isSandbox()))
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'private, no-cache')
  return new Response(body, { status: finalStatus, headers })
}

/** Loaders and actions turn what they expect into answers; what arrives here is a bug and is logged once. */
export function handleError(error: unknown, { request }: { request: Request }) {
  if (!request.signal.aborted) console.error(requestIdOf(request), error)
}
