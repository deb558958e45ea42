import { toTraceparent } from '@vitrine/contracts/trace'
import { contextOf, currentContext } from '@vitrine/kernel/context'
import { compressReply } from '#app/server/compression.server.ts'
import { env } from '#app/server/env.server.ts'
import { withoutMark } from '#app/server/page-key.server.ts'
import type { RenderPage } from '#app/server/page-notes.ts'
import { answerFromShelf } from '#app/server/page-shelf.server.ts'
import { addSecurityHeaders, isForgedPost } from '#app/server/security-headers.server.ts'
import { withFreshSession } from '#app/server/session.server.ts'

function withRequestId(request: Request): { request: Request; requestId: string } {
  const { requestId, trace } = currentContext() ?? contextOf(request.headers)
  const headers = new Headers(request.headers)
  headers.set('X-Request-Id', requestId)
  withoutMark(headers)
  headers.set('traceparent', toTraceparent(trace))
  return { request: new Request(request, { headers }), requestId }
}

/** What every visit needs before and after the page itself: a request id, a living session, safe headers. */
export async function handleVisit(incoming: Request, render: RenderPage): Promise<Response> {
  const { request: identified, requestId } = withRequestId(incoming)
  if (isForgedPost(incoming, env.PUBLIC_URL)) {
    const headers = { 'X-Request-Id': requestId }
    return new Response('This form came from another site.', { status: 403, headers })
  }
  const { request, cookies } = await withFreshSession(identified)
  const shelved = await answerFromShelf(request, render)
  const response = shelved ?? (await render(request, { notes: { isWhole: true } }))
  const headers = new Headers(response.headers)
  headers.set('X-Request-Id', requestId)
  addSecurityHeaders(headers, env.PUBLIC_URL)
  // The page's own cookies come last: a sign-in or sign-out wins over a renewal.
  const own = headers.getSetCookie()
  headers.delete('Set-Cookie')
  for (const cookie of [...cookies, ...own]) headers.append('Set-Cookie', cookie)
  const { status, statusText } = response
  const answer = new Response(response.body, { status, statusText, headers })
  return shelved ? answer : compressReply(request, answer)
}
