import type { EntryContext } from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import { isbot } from 'isbot'
import type { ReactNode } from 'react'
import { renderToReadableStream, renderToString } from 'react-dom/server.browser'
import { NonceContext } from '#app/nonce.ts'
import type { RouteHandle } from '#app/root.tsx'
import { requestIdOf } from '#app/server/api.server.ts'
import { contentSecurityPolicy, STATIC_POLICY } from '#app/server/security-headers.server.ts'
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
  // A page without React has one script, of our own; without a nonce it is the same for everybody and can be kept.
  const isStatic = !isHydrated(context)
  const nonce = isStatic ? '' : crypto.randomUUID()
  let finalStatus = status
  // Nobody reads the data of a page without React in the browser.
  const rendered = isStatic ? { ...context, serverHandoffStream: undefined } : context
  const page = (
    <NonceContext.Provider value={nonce}>
      <RemixServer context={rendered} url={request.url} abortDelay={RENDER_DEADLINE_MS} nonce={nonce || undefined} />
    </NonceContext.Provider>
  )
  const fail = () => {
    finalStatus = 500
  }
  // A page without React in the browser has all its data at hand: one string is half the work of a stream.
  const body = isStatic ? `<!DOCTYPE html>${renderToString(page)}` : await renderStream(page, nonce, request, fail)
  headers.set('Content-Type', 'text/html; charset=utf-8')
  headers.set('Content-Security-Policy', isStatic ? STATIC_POLICY : contentSecurityPolicy(nonce, isSandbox()))
  if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'private, no-cache')
  return new Response(body, { status: finalStatus, headers })
}

/** Loaders and actions turn what they expect into answers; what arrives here is a bug and is logged once. */
export function handleError(error: unknown, { request }: { request: Request }) {
  if (!request.signal.aborted) console.error(requestIdOf(request), error)
}
