import type { LoaderFunctionArgs } from '@remix-run/node'
import { answering } from '#app/server/answer.server.ts'
import { cookieHeaders } from '#app/server/cookies.server.ts'
import { loadOrder } from '#app/server/order.server.ts'
import { paidCookies } from '#app/server/order-cookies.server.ts'

/** What the page of an order asks while it waits for the payment. */
export const loader = answering(async ({ request, params }: LoaderFunctionArgs) => {
  const order = await loadOrder(request, params.orderId ?? '')
  const headers = cookieHeaders(...paidCookies(request, order))
  headers.set('Cache-Control', 'no-store')
  return Response.json({ status: order.status, paymentStatus: order.paymentStatus }, { headers })
})
