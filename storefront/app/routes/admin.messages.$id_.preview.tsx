import type { LoaderFunctionArgs } from '@remix-run/node'
import { Message } from '@vitrine/contracts/notifications'
import { answering } from '#app/server/answer.server.ts'
import { api } from '#app/server/api.server.ts'
import { requirePermission } from '#app/server/auth.server.ts'

// A mail carries its style in attributes. It runs nothing, loads nothing, and is a stranger to our origin.
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"

/** The HTML of one mail, for the frame on its page. */
export const loader = answering(async ({ request, params }: LoaderFunctionArgs) => {
  await requirePermission(request, 'customers:read')
  const message = await api(request).get(Message, `/api/notifications/messages/${encodeURIComponent(params.id ?? '')}`)
  return new Response(message.html, {
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': POLICY,
      'X-Frame-Options': 'SAMEORIGIN',
      'Cache-Control': 'private, no-store',
    },
  })
})
