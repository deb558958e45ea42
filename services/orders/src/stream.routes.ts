import type { createServiceApp } from '@vitrine/kernel/app'
import { z } from 'zod'
import { viewerOf } from './buyer.ts'
import type { OrderService, Viewer } from './order.service.ts'

const POLL_MS = 1000
const MAX_ROUNDS = 900
const OPEN = ['pending', 'expiring', 'cancelling']

/** Sends the order's state whenever its version changes, until it no longer waits for anything. */
async function* changes(orders: OrderService, id: string, viewer: Viewer, now: () => Date): AsyncGenerator<string> {
  let version = -1
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const order = await orders.get(id, viewer, now())
    const { number, status, paymentStatus } = order
    if (order.version !== version) {
      version = order.version
      yield `event: order\nid: ${version}\ndata: ${JSON.stringify({ id, number, status, paymentStatus, version })}\n\n`
    } else {
      yield ': waiting\n\n'
    }
    if (!OPEN.includes(status)) return
    await Bun.sleep(POLL_MS)
  }
}

export function streamRoutes(app: ReturnType<typeof createServiceApp>, orders: OrderService, now: () => Date) {
  return app.get(
    '/api/orders/events',
    async ({ query, request, identity, requestId }) => {
      const viewer = viewerOf(request, identity, requestId, query.order)
      // Asked once before the stream begins, so that a stranger gets a plain 404.
      await orders.get(query.order, viewer, now())
      const encoder = new TextEncoder()
      const source = changes(orders, query.order, viewer, now)
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const { value, done } = await source.next()
          if (done) controller.close()
          else controller.enqueue(encoder.encode(value))
        },
        async cancel() {
          await source.return(undefined)
        },
      })
      return new Response(body, {
        headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
      })
    },
    {
      query: z.object({ order: z.string().min(1).max(80) }),
      detail: {
        summary: 'Follow one order (server-sent events)',
        'x-headers': ['X-Order-Token'],
        'x-errors': ['not_found'],
        responses: {
          200: {
            description: 'A stream of `order` events.',
            content: { 'text/event-stream': { schema: { type: 'string' } } },
          },
        },
      },
    },
  )
}
