import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Queues } from './queues.ts'

export interface Observation {
  method: string
  /** The route's pattern, never its path: paths are without end. */
  route: string
  status: number
  seconds: number
}

const BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

function queueGauges(registry: Registry, { outbox, events }: Queues): void {
  // A store that is away must not take the other numbers with it: its gauge keeps the last one it had.
  const gauge = (name: string, help: string, read: (() => Promise<number>) | undefined) => {
    if (!read) return
    const made: Gauge = new Gauge({
      name,
      help,
      registers: [registry],
      collect: () =>
        read().then(
          (value) => made.set(value),
          () => undefined,
        ),
    })
  }
  gauge('outbox_pending_events', 'Events written and not yet published.', outbox?.countPending)
  gauge('outbox_lag_seconds', 'Age of the oldest event that is not yet published.', outbox?.oldestPendingSeconds)
  gauge(
    'consumer_unread_events',
    'Events published and not yet read by this service; counted to 1000.',
    events?.countUnread,
  )
  gauge('consumer_pending_events', 'Events read and not yet done.', events?.countPending)
  gauge('consumer_parked_events', 'Events given up after too many tries.', events?.countParked)
}

/** Prometheus metrics of one service; read on the private entry point only. */
export function createMetrics(service: string, queues: Queues = {}) {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 })
  queueGauges(registry, queues)
  const labelNames = ['method', 'route', 'status'] as const
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests by method, route pattern and status.',
    labelNames,
    registers: [registry],
  })
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the first byte of a request to the end of its reply.',
    labelNames,
    buckets: BUCKETS,
    registers: [registry],
  })
  return {
    observe({ method, route, status, seconds }: Observation) {
      const labels = { method, route: route || 'none', status: String(status) }
      requests.inc(labels)
      durations.observe(labels, seconds)
    },
    text: async () => new Response(await registry.metrics(), { headers: { 'content-type': registry.contentType } }),
  }
}

export type Metrics = ReturnType<typeof createMetrics>
