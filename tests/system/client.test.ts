import { afterAll, beforeAll, expect, test } from 'bun:test'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as Source from '../../services/client/src/client.ts'
import { state } from './edge.client.ts'

const HOME = join(import.meta.dirname, '../../services/client')
let folder: string
let packed: typeof Source

/** The package as an outsider gets it: packed, unpacked elsewhere, its dependency beside it. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-client-'))
  const run = (command: string[], cwd: string) => Bun.spawnSync(command, { cwd, stdout: 'pipe', stderr: 'pipe' })
  const { exitCode, stderr } = run([process.execPath, 'pm', 'pack', '--destination', folder], HOME)
  if (exitCode !== 0) throw new Error(`bun pm pack: ${stderr}`)
  run(['tar', '-xzf', 'vitrine-client-0.1.0.tgz'], folder)
  run(['ln', '-s', join(HOME, 'node_modules'), join(folder, 'node_modules')], folder)
  packed = await import(join(folder, 'package/dist/client.js'))
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

const shippingAddress = { name: 'Ada', line1: 'Main Street 1', city: 'Berlin', postalCode: '10115', country: 'DE' }

test('the packed client signs in, lists, fills a cart, asks for a quote and checks out', async () => {
  const { createShopClient, dataOf, isRefusal } = packed
  let token: string | null = null
  const shop = createShopClient({ url: state().edge, accessToken: () => token })

  const email = `client-${crypto.randomUUID()}@example.com`
  const account = { email, password: 'a-long-enough-password' }
  dataOf(await shop.POST('/api/auth/register', { body: { ...account, name: 'Ada' } }))
  token = dataOf(await shop.POST('/api/auth/login', { body: account })).accessToken ?? null

  const query = { inStock: 'true' as const, limit: 5 }
  const { items } = dataOf(await shop.GET('/api/catalog/products', { params: { query } }))
  const sku = items.flatMap(({ variants }) => variants).find(({ available }) => available > 3)?.sku ?? ''
  const cart = dataOf(await shop.POST('/api/cart/lines', { body: { sku, quantity: 2 } }))
  expect(cart.lines).toMatchObject([{ sku, quantity: 2 }])

  const order = { email, shippingAddress, shippingMethod: 'standard' }
  const quote = dataOf(await shop.POST('/api/orders/quote', { body: order }))
  const params = { header: { 'Idempotency-Key': crypto.randomUUID() } }
  const body = { ...order, expectedTotal: quote.total }
  const placed = dataOf(await shop.POST('/api/orders/checkout', { body, params }))
  expect(placed.order).toMatchObject({ status: 'pending', total: quote.total, lines: [{ sku, quantity: 2 }] })
  const again = dataOf(await shop.POST('/api/orders/checkout', { body, params }))
  expect(again.order.id).toBe(placed.order.id)

  const other = { ...body, expectedTotal: { amount: 1, currency: 'EUR' as const } }
  const refused = shop.POST('/api/orders/checkout', { body: other, params }).then(dataOf)
  expect(isRefusal(await refused.catch((error: unknown) => error), 'idempotency_mismatch')).toBe(true)
  const path = { id: placed.order.id }
  expect(dataOf(await shop.POST('/api/orders/{id}/cancel', { params: { path } })).status).toBe('cancelled')
})
