import { TestedOrders, TestedTrace } from '@vitrine/contracts/traces'
import { type createServiceApp, ok, replies } from '@vitrine/kernel/app'
import { OrderId } from './order.routes.ts'
import type { TraceService } from './trace.service.ts'

/** What the tester's page shows of orders. On the private entry point, and only where no real buyer is. */
export function testerRoutes(app: ReturnType<typeof createServiceApp>, traces: TraceService) {
  return app
    .get('/internal/orders/testing', async () => ok(await traces.listTested()), {
      detail: { hide: true },
      response: replies(TestedOrders),
    })
    .get('/internal/orders/testing/:id', async ({ params }) => ok(await traces.traceTested(params.id)), {
      params: OrderId,
      detail: { hide: true },
      response: replies(TestedTrace),
    })
}
