import type { RequestContext } from './context.ts'
import type { Metrics } from './metrics.ts'
import { record } from './tracing.ts'

interface Visit {
  context: RequestContext
  startMs: number
}

/** Requests under way, so that their end can be measured and traced. */
export interface Visits {
  begin(request: Request, context: RequestContext): void
  end(request: Request, route: string, status: number): void
}

const now = () => performance.timeOrigin + performance.now()
/** What the mesh and its watchers ask about every few seconds, of no interest in a trace. */
const QUIET = new Set(['/livez', '/readyz', '/metrics'])

export function createVisits(metrics: Metrics): Visits {
  const visits = new WeakMap<Request, Visit>()
  return {
    begin: (request, context) => void visits.set(request, { context, startMs: now() }),
    end(request, route, status) {
      const visit = visits.get(request)
      if (!visit) return
      const { context, startMs } = visit
      const endMs = now()
      const { method } = request
      metrics.observe({ method, route, status, seconds: (endMs - startMs) / 1000 })
      if (QUIET.has(route)) return
      record(context.trace, () => ({
        name: `${method} ${route || 'unknown'}`,
        kind: 'server',
        startMs,
        endMs,
        isError: status >= 500,
        attributes: {
          'http.request.method': method,
          'http.route': route,
          'http.response.status_code': status,
          'vitrine.request_id': context.requestId,
        },
      }))
    },
  }
}
