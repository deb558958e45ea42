import type { JWK } from 'jose'
import { z } from 'zod'
import { Access } from './authorize.rules.ts'
import type { Answer, createAuthorizeService } from './authorize.service.ts'
import { bearerOf, cookieOf, originOf } from './origin.ts'
import type { ServiceApp } from './service-app.ts'

const FORBIDDEN_PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Not for this account</title></head>
<body><main><h1>This area is for staff</h1><p>Your account does not open it.</p><p><a href="/">Back to the shop</a> or <a href="/logout">sign out</a></p></main></body></html>
`

const JWK_SET = {
  type: 'object' as const,
  required: ['keys'],
  properties: { keys: { type: 'array' as const, items: { type: 'object' as const } } },
}

export interface AuthorizeRoutesDeps {
  authorize: ReturnType<typeof createAuthorizeService>
  publicKeys: () => JWK[]
  /** The cookie's name has its `__Host-` prefix exactly when the shop is served by https. */
  isHttps: boolean
}

/** Traefik hands a reply other than 2xx to the visitor as it is, and takes `X-Identity` from a 200. */
function toResponse(answer: Answer): Response {
  const headers = { 'cache-control': 'no-store', 'x-identity': '' }
  if (answer.outcome === 'pass')
    return new Response(null, { status: 200, headers: { ...headers, 'x-identity': answer.assertion } })
  if (answer.outcome === 'redirect')
    return new Response(null, { status: 303, headers: { ...headers, location: answer.location } })
  return new Response(FORBIDDEN_PAGE, {
    status: 403,
    headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
  })
}

export function addAuthorizeRoutes(app: ServiceApp, { authorize, publicKeys, isHttps }: AuthorizeRoutesDeps) {
  const cookieName = isHttps ? '__Host-vitrine_access' : 'vitrine_access'
  return app
    .get(
      '/api/auth/authorize',
      async ({ query, request, requestId }) =>
        toResponse(
          await authorize.authorize({
            access: query.permission,
            method: request.headers.get('x-forwarded-method') ?? 'GET',
            uri: request.headers.get('x-forwarded-uri') ?? '/',
            referer: request.headers.get('referer'),
            bearer: bearerOf(request),
            cookie: cookieOf(request, cookieName),
            origin: originOf({ request, requestId }),
          }),
        ),
      { query: z.object({ permission: Access }), detail: { hide: true } },
    )
    .get(
      '/api/auth/.well-known/jwks.json',
      ({ set }) => {
        set.headers['cache-control'] = 'public, max-age=60'
        return { keys: publicKeys() }
      },
      {
        detail: {
          summary: 'Public keys',
          description: 'The public keys that verify access tokens and identity assertions (RFC 7517).',
          responses: {
            200: {
              description: 'A key set.',
              content: { 'application/json': { schema: JWK_SET } },
            },
          },
        },
      },
    )
}
