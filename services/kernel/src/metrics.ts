import { Counter, collectDefaultMetrics, Registry } from 'prom-client'

/** Prometheus metrics of one service; read on the private entry point only. */
export function createHttpMetrics(service: string) {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 })
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Requests by method, route pattern and status.',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  })
  return {
    observe(method: string, route: string, status: number) {
      requests.inc({ method, route, status })
    },
    text: async () => new Response(await registry.metrics(), { headers: { 'content-type': registry.contentType } }),
  }
}
