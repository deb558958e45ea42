import type { Order } from '@vitrine/contracts/orders'
import type { createServiceApp } from '@vitrine/kernel/app'
import { z } from 'zod'
import { viewerOf } from './buyer.ts'
import type { OrderService, Viewer } from './order.service.ts'
import { isFinal, OPEN_STATUSES } from './states.rules.ts'

const POLL_MS = 1000
/** Once paid, an order moves by the day: it is enough to look now and then. */
const CALM_POLL_MS = 5000
/** A stream ends after a quarter of an hour; the browser comes back by itself with the last id it saw. */
const MAX_AGE_MS = 900_000
const RECONNECT_MS = 2000

interface Stream {
  orders: OrderService
  id: string
  viewer: Viewer
  now: () => Date
  /** The version the browser saw last; -1 for none. */
  seen: number
}

const eventOf = ({ id, number, status, paymentStatus, version, updatedAt }: Order): string =>
  `event: order\nid: ${version}\ndata: ${JSON.stringify({ id, number, status, paymentStatus, version, updatedAt })}\n\n`

/** Sends the order's state whenever its version changes, until it can change no more; a comment keeps the line open. */
async function* changes({ orders, id, viewer, now, seen }: Stream): AsyncGenerator<string> {
  const endsAt = now().getTime() + MAX_AGE_MS
  let version = seen
  yield `retry: ${RECONNECT_MS}\n\n`
  while (now().getTime() < endsAt) {
    const order = await orders.get(id, viewer, now())
    yield order.version === version ? ': waiting\n\n' : eventOf(order)
    version = order.version
    if (isFinal(order.status)) return
    await Bun.sleep(OPEN_STATUSES.includes(order.status) ? POLL_MS : CALM_POLL_MS)
  }
}

export function streamRoutes(app: ReturnType<typeof createServiceApp>, orders: OrderService, now: () => Date) {
  return app.get(
    '/api/orders/events',
    async ({ query, request, identity, requestId }) => {
      const viewer = viewerOf(request, identity, requestId, query.order)
      // Asked once before the stream begins, so that a stranger gets a plain 404.
      const { status, version } = await orders.get(query.order, viewer, now())
      const seen = Number(request.headers.get('last-event-id') ?? -1)
      // Nothing more will come: 204 tells the browser not to come back.
      if (isFinal(status) && seen === version) return new Response(null, { status: 204 })
      const encoder = new TextEncoder()
      const source = changes({ orders, id: query.order, viewer, now, seen })
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
