import { afterAll, expect, test } from 'bun:test'
import { parseTraceparent } from '@vitrine/contracts/trace'
import { z } from 'zod'
import { createServiceApp, ok, replies } from './app.ts'
import { fixedClock } from './clock.ts'
import { type EventHandlers, startConsumer } from './consumer.ts'
import { contextOf, currentContext, runInContext } from './context.ts'
import { createServiceClient } from './http.ts'
import { mongoInbox } from './inbox.ts'
import { silentLog } from './log.ts'
import { connectMongo, ensureIndexes, withTransaction } from './mongo.ts'
import { createOutbox } from './outbox.ts'
import { redisEventQueue } from './queues.ts'
import { connectRedis } from './redis.ts'
import { startTestMongo, startTestRedis } from './stores.testing.ts'
import { startTracing, stopTracing, TracingEnv } from './tracing.ts'
import { testCallerVerifier, testIdentityVerifier } from './verifiers.testing.ts'

const log = silentLog()
const [mongo, redisStore] = await Promise.all([startTestMongo(), startTestRedis()])
const connection = await connectMongo(mongo.url, 'kernel_observe', log)
const redis = await connectRedis(redisStore.url, log)
const outbox = createOutbox(connection)
const inbox = mongoInbox(connection)
await ensureIndexes(connection)
afterAll(async () => {
  redis.disconnect()
  await connection.close()
})

const GIVEN = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
const TRACE_ID = '0af7651916cd43dd8448eb211c80319c'
const Seen = z.object({ requestId: z.string(), traceId: z.string() })

/** Two services in a row: `front` asks `back` what reached it. */
function startPair() {
  const deps = {
    clock: fixedClock(new Date()),
    log,
    verifyIdentity: testIdentityVerifier,
    verifyCaller: testCallerVerifier,
    checks: {},
  }
  const seen = () => ({ requestId: currentContext()?.requestId ?? '', traceId: currentContext()?.trace.traceId ?? '' })
  const back = createServiceApp({ ...deps, name: 'catalog' }).get('/internal/catalog/seen', () => ok(seen()), {
    callers: ['orders'],
    response: replies(Seen),
  })
  const serve = (app: { fetch(request: Request): Response | Promise<Response> }) =>
    Bun.serve({
      hostname: '127.0.0.1',
      port: 0,
      fetch: (request) => runInContext(contextOf(request.headers), () => app.fetch(request)),
    })
  const backServer = serve(back)
  const client = createServiceClient({
    meshUrl: String(backServer.url).replace(/\/$/, ''),
    signAssertion: async () => 'orders',
  })
  const front = createServiceApp({
    ...deps,
    name: 'orders',
    queues: { outbox, events: redisEventQueue(redis, 'orders') },
  })
    .get('/seen', async () =>
      ok(await client.call(Seen, { service: 'catalog', method: 'GET', path: '/internal/catalog/seen' })),
    )
    .get('/broken', () => {
      throw new Error('broken on purpose')
    })
  const frontServer = serve(front)
  return {
    url: String(frontServer.url).replace(/\/$/, ''),
    app: front,
    stop: () => Promise.all([frontServer.stop(true), backServer.stop(true)]),
  }
}

const pair = startPair()
afterAll(() => pair.stop())

async function until(isTrue: () => boolean | Promise<boolean>) {
  const deadline = Date.now() + 8000
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error('The condition did not come true within 8 s.')
    await Bun.sleep(20)
  }
}

test('request id and trace of the caller reach the second service', async () => {
  const headers = { 'x-request-id': 'req-from-the-edge', traceparent: GIVEN }
  const { data } = await (await fetch(`${pair.url}/seen`, { headers })).json()
  expect(data).toEqual({ requestId: 'req-from-the-edge', traceId: TRACE_ID })
})

test('requests at the same time keep their ids apart', async () => {
  const ids = Array.from({ length: 20 }, (_, index) => `req-parallel-${index}`)
  const seen = await Promise.all(
    ids.map(async (id) => (await (await fetch(`${pair.url}/seen`, { headers: { 'x-request-id': id } })).json()).data),
  )
  expect(seen.map(({ requestId }) => requestId)).toEqual(ids)
  expect(new Set(seen.map(({ traceId }) => traceId)).size).toBe(20)
})

test('an event carries request id and trace from the outbox to the handler', async () => {
  const context = {
    requestId: 'req-of-the-change',
    trace: { ...(parseTraceparent(GIVEN) ?? contextOf(new Headers()).trace) },
  }
  const seen: ReturnType<typeof currentContext>[] = []
  const stopRelay = outbox.startRelay({ redis, log, everyMs: 20 })
  const handlers: EventHandlers = {
    'stock.adjusted': async ({ data }) => {
      if (data.sku === 'TRACED') seen.push(currentContext())
    },
  }
  const stopConsumer = startConsumer({ redisUrl: redisStore.url, group: 'traced', inbox, log, handlers })
  await runInContext(context, () =>
    withTransaction(connection, async (session) => {
      await outbox.add(session, 'stock.adjusted', { sku: 'TRACED', onHand: 1, available: 1 })
    }),
  )
  await until(() => seen.length > 0)
  expect(seen[0]).toMatchObject({ requestId: 'req-of-the-change', trace: { traceId: TRACE_ID } })
  expect(seen[0]?.trace.parentId).toBe('b7ad6b7169203331')
  await stopConsumer()
  await stopRelay()
})

test('metrics count and time requests by route and status, and tell of outbox, queue and process', async () => {
  await fetch(`${pair.url}/seen`)
  await fetch(`${pair.url}/broken`)
  await until(async () => (await (await fetch(`${pair.url}/metrics`)).text()).includes('route="/broken",status="500"'))
  const text = await (await fetch(`${pair.url}/internal/orders/metrics`)).text()
  for (const name of [
    'http_request_duration_seconds_count{service="orders",method="GET",route="/seen",status="200"}',
    'outbox_pending_events{service="orders"} 0',
    'outbox_lag_seconds{service="orders"} 0',
    'consumer_unread_events{service="orders"}',
    'consumer_parked_events{service="orders"} 0',
    'process_resident_memory_bytes',
  ])
    expect(text).toContain(name)
})

test('a parked event is listed without its data, and published again by staff alone', async () => {
  const event = {
    id: 'evt_parked',
    type: 'user.invited',
    version: 1,
    occurredAt: '2026-11-21T12:00:00.000Z',
    data: { token: 'as-good-as-a-password' },
  }
  const id = await redis.xadd('events:parked:orders', '*', 'event', JSON.stringify(event), 'reason', 'no such user')
  const call = (path: string, role: string, method = 'GET') =>
    pair.app.handle(
      new Request(`http://localhost/api/orders/system${path}`, { method, headers: { 'x-identity': role } }),
    )
  expect((await call('/parked', 'order-manager')).status).toBe(403)
  const listed = await (await call('/parked', 'support')).text()
  expect(listed).not.toContain('as-good-as-a-password')
  expect(JSON.parse(listed).data.items).toMatchObject([{ id, eventId: 'evt_parked', reason: 'no such user' }])
  expect((await (await call('', 'support')).json()).data).toMatchObject({ service: 'orders', events: { parked: 1 } })
  expect((await call(`/parked/${id}/retry`, 'support', 'POST')).status).toBe(403)
  expect((await call(`/parked/${id}/retry`, 'admin', 'POST')).status).toBe(200)
  expect((await call(`/parked/${id}/retry`, 'admin', 'POST')).status).toBe(404)
  expect((await call('/parked/4889-74297701615711829934/retry', 'admin', 'POST')).status).toBe(400)
  const [told, published] = await redis.xrevrange('events', '+', '-', 'COUNT', 2)
  expect(published?.[1][1]).toContain('evt_parked')
  expect(JSON.parse(told?.[1][1] ?? '')).toMatchObject({
    type: 'staff.acted',
    data: { action: 'event.retried', actor: 'usr_admin', target: 'evt_parked', after: { service: 'orders' } },
  })
})

const Exported = z.object({
  resourceSpans: z.array(
    z.object({
      scopeSpans: z.array(
        z.object({
          spans: z.array(
            z.object({
              name: z.string(),
              traceId: z.string(),
              spanId: z.string(),
              parentSpanId: z.string().optional(),
            }),
          ),
        }),
      ),
    }),
  ),
})

/** The spans `work` leaves with a collector. */
async function spansOf(variables: Record<string, string>, work: () => Promise<unknown>) {
  const spans: z.infer<typeof Exported>['resourceSpans'][number]['scopeSpans'][number]['spans'] = []
  const collector = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    async fetch(request) {
      const { resourceSpans } = Exported.parse(await request.json())
      spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((one) => one.spans)))
      return Response.json({})
    },
  })
  const env = TracingEnv.parse({ OTEL_EXPORTER_OTLP_ENDPOINT: String(collector.url), ...variables })
  await startTracing('orders', env, log)
  await work()
  // The span of a request is made once its reply is on its way.
  await fetch(`${pair.url}/livez`)
  await stopTracing()
  await collector.stop(true)
  return spans
}

const visit = (traceparent?: string) => fetch(`${pair.url}/seen`, { headers: traceparent ? { traceparent } : {} })

test('spans go to a collector by OTLP, one below the other', async () => {
  const spans = await spansOf({}, () => visit(GIVEN))
  const server = spans.find(({ name }) => name === 'GET /seen')
  const client = spans.find(({ name }) => name === 'GET catalog')
  const callee = spans.find(({ name }) => name === 'GET /internal/catalog/seen')
  expect(spans.map(({ traceId }) => traceId)).toEqual([TRACE_ID, TRACE_ID, TRACE_ID])
  expect(server?.parentSpanId).toBe('b7ad6b7169203331')
  expect(client?.parentSpanId).toBe(server?.spanId)
  expect(callee?.parentSpanId).toBe(client?.spanId)
})

test('a trace its caller does not keep leaves no span, nor does one the sampler lets go', async () => {
  expect(await spansOf({}, () => visit(GIVEN.replace(/01$/, '00')))).toEqual([])
  const share = { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0' }
  expect(await spansOf(share, () => visit())).toEqual([])
  expect(await spansOf(share, () => visit(GIVEN))).toHaveLength(3)
  expect(await spansOf({ ...share, OTEL_TRACES_SAMPLER_ARG: '1' }, () => visit())).toHaveLength(3)
})

test('a traceparent that is not well-formed begins a trace of its own', () => {
  for (const bad of ['', 'x', GIVEN.replace('0af7651916cd43dd8448eb211c80319c', '0'.repeat(32)), `ff${GIVEN.slice(2)}`])
    expect(contextOf(new Headers({ traceparent: bad })).trace.parentId).toBeUndefined()
})
