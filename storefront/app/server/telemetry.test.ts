import { expect, test } from 'bun:test'
import { z } from 'zod'
import { api } from '#app/server/api.server.ts'
import { env } from '#app/server/env.server.ts'
import { createTelemetry } from '#app/server/telemetry.server.ts'
import { handleVisit } from '#app/server/visit.server.ts'

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
const CALLER = 'b7ad6b7169203331'
const Span = z.object({ name: z.string(), traceId: z.string(), spanId: z.string(), parentSpanId: z.string() })
const Exported = z.object({
  resourceSpans: z.tuple([z.object({ scopeSpans: z.tuple([z.object({ spans: z.array(Span) })]) })]),
})

const local = (fetch: (request: Request) => Promise<Response>) => Bun.serve({ hostname: '127.0.0.1', port: 0, fetch })

test('a visit is a span below its caller’s step, and above what it asks the services', async () => {
  const spans: z.infer<typeof Span>[] = []
  const collector = local(async (request) => {
    spans.push(...Exported.parse(await request.json()).resourceSpans[0].scopeSpans[0].spans)
    return Response.json({})
  })
  let asked = ''
  const services = local(async (request) => {
    asked = request.headers.get('traceparent') ?? ''
    return Response.json({ success: true, data: {} })
  })
  const before = { mesh: env.MESH_URL, endpoint: process.env.OTEL_EXPORTER_OTLP_ENDPOINT ?? '' }
  env.MESH_URL = services.url.origin
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url.origin
  try {
    const telemetry = await createTelemetry()
    const request = new Request('http://shop.test/help', {
      headers: { traceparent: `00-${TRACE_ID}-${CALLER}-01` },
    })
    const render = async (visit: Request) => {
      await api(visit).get(z.object({}), '/api/catalog/categories')
      return new Response('Help')
    }
    const response = await telemetry.visit(request, '/help', () => handleVisit(request, render))
    expect(response.status).toBe(200)
    await telemetry.stop()
    expect(spans).toMatchObject([{ name: 'GET /help', traceId: TRACE_ID, parentSpanId: CALLER }])
    expect(asked).toBe(`00-${TRACE_ID}-${spans[0]?.spanId}-01`)
  } finally {
    env.MESH_URL = before.mesh
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = before.endpoint
    await Promise.all([collector.stop(true), services.stop(true)])
  }
})
