import { expect, test } from 'bun:test'
import { call, replicaUrl, state, tokenOf, until } from './edge.client.ts'
import { mesh } from './mesh.command.ts'

const SERVICES = { auth: 'auth', catalog: 'catalog', cart: 'cart', orders: 'orders', payments: 'payment' } as const

test.each(Object.entries(SERVICES))(
  '%s tells Prometheus of its requests on the private entry point only',
  async (name, replica) => {
    await call(`/api/${name}/health`)
    const inside = await call(`/internal/${name}/metrics`, { base: state().mesh })
    expect(inside.text).toContain('http_request_duration_seconds_bucket')
    expect(inside.text).toContain('process_resident_memory_bytes')
    expect((await call('/metrics', { base: replicaUrl(replica) })).text).toContain(`service="${name}"`)
    expect((await call(`/internal/${name}/metrics`)).text).not.toContain('http_requests_total')
    expect((await call('/metrics')).text).not.toContain('http_requests_total')
  },
)

test('the storefront tells Prometheus of its pages by route, on the private entry point only', async () => {
  await call('/products?sort=price')
  const path = '/internal/storefront/metrics'
  const { text } = await call(path, { base: state().mesh })
  expect(text).toContain('http_requests_total{method="GET",route="/products",status="200",service="storefront"}')
  expect((await call(path)).text).not.toContain('http_requests_total')
})

test('a page keeps the request id it was asked with, as the API does', async () => {
  const { headers } = await call('/cart', { headers: { 'x-request-id': 'page:request.0001' } })
  expect(headers.get('x-request-id')).toBe('page:request.0001')
})

test('Traefik tells Prometheus of its own', async () => {
  const { text } = await call('/metrics', { base: state().traefikApi })
  expect(text).toContain('traefik_entrypoint_requests_total')
})

test('the system routes show queues to those who may read the system, and to nobody else', async () => {
  const path = '/api/orders/system'
  expect((await call(path)).status).toBe(401)
  expect((await call(path, { token: await tokenOf('orders') })).status).toBe(403)
  const { data } = await call(path, { token: await tokenOf('support') })
  expect(data).toMatchObject({ service: 'orders', health: { status: 'ok' } })
  expect(data.outbox.pending).toBeGreaterThanOrEqual(0)
  expect(data.events.parked).toBeGreaterThanOrEqual(0)
})

test('while auth is away callers of the API hear unavailable in the envelope, and nobody is let through', async () => {
  await mesh('kill', 'auth.1', '--signal', 'STOP')
  try {
    const refused = await until('auth is out of rotation', async () => {
      // Who asks before that waits for an answer: not this test.
      const reply = await call('/api/orders/stats', { timeoutMs: 1000 }).catch(() => null)
      return reply?.status === 503 ? reply : null
    })
    expect(refused.error.code).toBe('unavailable')
    expect(refused.headers.get('retry-after')).toBe('2')
    expect((await call('/api/catalog/products?limit=1')).status).toBe(200)
  } finally {
    await mesh('kill', 'auth.1', '--signal', 'CONT')
  }
  await until(
    'auth answers again',
    async () => (await call('/api/auth/health', { timeoutMs: 1000 }).catch(() => null))?.status === 200,
  )
}, 60_000)
