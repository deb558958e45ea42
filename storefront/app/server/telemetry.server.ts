import { contextOf, runInContext } from '@vitrine/kernel/context'
import { readEnv } from '@vitrine/kernel/env'
import { createLog } from '@vitrine/kernel/log'
import { createMetrics } from '@vitrine/kernel/metrics'
import { startTracing, stopTracing, TracingEnv } from '@vitrine/kernel/tracing'
import { createVisits } from '@vitrine/kernel/visits'

/** Where the private entry point reads the numbers; the public one leads nowhere below `/internal`. */
export const METRICS_PATH = '/internal/storefront/metrics'

/** Counts, times and traces the visits of this process, as every service does its requests. */
export async function createTelemetry() {
  const metrics = createMetrics('storefront')
  const visits = createVisits(metrics)
  await startTracing('storefront', readEnv(TracingEnv), createLog('storefront'))

  return {
    text: metrics.text,
    stop: stopTracing,
    /** Runs `answer` in the request's context: its id and its place in the trace. The time is that to the first byte. */
    visit(request: Request, route: string, answer: () => Response | Promise<Response>): Promise<Response> {
      const context = contextOf(request.headers)
      visits.begin(request, context)
      return runInContext(context, async () => {
        try {
          const response = await answer()
          visits.end(request, route, response.status)
          return response
        } catch (error) {
          visits.end(request, route, 500)
          throw error
        }
      })
    },
  }
}
