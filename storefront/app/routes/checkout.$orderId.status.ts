import type { LoaderFunctionArgs } from '@remix-run/node'
import { answering } from '#app/server/answer.server.ts'
import { loadOrder } from '#app/server/order.server.ts'

/** What the page of an order asks while it waits for the payment. */
export const loader = answering(async ({ request, params }: LoaderFunctionArgs) => {
  const { status, paymentStatus } = await loadOrder(request, params.orderId ?? '')
  return Response.json({ status, paymentStatus }, { headers: { 'Cache-Control': 'no-store' } })
})
