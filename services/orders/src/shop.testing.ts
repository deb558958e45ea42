import type { EventData, EventType } from '@vitrine/contracts/events'
import { fixedClock } from '@vitrine/kernel/clock'
import { AppError, conflict, notFound, unavailable } from '@vitrine/kernel/errors'
import type { ServiceCall, ServiceClient } from '@vitrine/kernel/http'
import { newId } from '@vitrine/kernel/ids'
import { silentLog } from '@vitrine/kernel/log'
import { connectMongo, ensureIndexes } from '@vitrine/kernel/mongo'
import { startTestMongo } from '@vitrine/kernel/stores.testing'
import { testCallerVerifier, testIdentityVerifier } from '@vitrine/kernel/verifiers.testing'
import { createOrdersApp, createOrdersServices } from './app.ts'
import { createEventHandlers } from './events.ts'
import type { Session } from './order.repository.ts'
import { createStores } from './stores.ts'

const price = (amount: number) => ({ amount, currency: 'EUR' as const })
type Line = { sku: string; quantity: number }

/** The other services as far as orders can see them, in memory. `fail` lets a call end badly once. */
export function fakeNeighbours() {
  const world = {
    carts: new Map<string, { version: number; lines: Line[]; promotionCode?: string }>(),
    stock: new Map<string, { price: number; available: number; isSellable: boolean }>(),
    reservations: new Map<string, { status: 'active' | 'released'; lines: Line[] }>(),
    intents: new Map<string, 'open' | 'cancelled' | 'succeeded'>(),
    refunds: new Map<string, { orderId: string; amount: number }>(),
    calls: [] as string[],
    /** Path fragment → what happens instead: refused, lost before it was done, or lost after. */
    fail: new Map<string, AppError | 'lost' | 'done-but-lost'>(),
  }

  function reserve(body: { orderId: string; lines: Line[] }) {
    const known = world.reservations.get(body.orderId)
    if (!known) {
      for (const { sku, quantity } of body.lines) {
        const available = world.stock.get(sku)?.available ?? 0
        if (available < quantity) throw conflict('out_of_stock', 'Gone.', { lines: [{ sku, available }], available })
      }
      for (const { sku, quantity } of body.lines) {
        const stock = world.stock.get(sku)
        if (stock) stock.available -= quantity
      }
      world.reservations.set(body.orderId, { status: 'active', lines: body.lines })
    }
    return { orderId: body.orderId, expiresAt: '2030-01-01T00:00:00.000Z', ...world.reservations.get(body.orderId) }
  }

  function release(orderId: string) {
    const held = world.reservations.get(orderId)
    if (held?.status === 'active') {
      if (world.intents.get(orderId) === 'open') throw new Error('Stock was released while its intent was open.')
      for (const { sku, quantity } of held.lines) {
        const stock = world.stock.get(sku)
        if (stock) stock.available += quantity
      }
    }
    world.reservations.set(orderId, { status: 'released', lines: held?.lines ?? [] })
    return { orderId, expiresAt: '2030-01-01T00:00:00.000Z', status: 'released', lines: held?.lines ?? [] }
  }

  const handleOf = (orderId: string) => ({
    intentId: `pi_${orderId}`,
    clientSecret: `pi_${orderId}_secret`,
    publishableKey: 'pk_test_1',
    scriptUrl: '/stripe/js',
  })

  function cancelIntent(orderId: string) {
    const intent = world.intents.get(orderId)
    if (!intent) return { outcome: 'absent' }
    if (intent === 'succeeded') return { outcome: 'succeeded' }
    world.intents.set(orderId, 'cancelled')
    return { outcome: 'cancelled' }
  }

  function refund(body: { orderId: string; key: string; amount: { amount: number } }) {
    if (!world.refunds.has(body.key)) world.refunds.set(body.key, { orderId: body.orderId, amount: body.amount.amount })
    return { refundId: `re_${body.key}`, orderId: body.orderId, amount: body.amount, status: 'succeeded' }
  }

  function variants(skus: string[]) {
    const items = skus.flatMap((sku) => {
      const stock = world.stock.get(sku)
      const shown = { sku, productId: `prd_${sku}`, slug: sku, title: sku, options: {}, picture: null, categories: [] }
      return stock
        ? [{ ...shown, price: price(stock.price), available: stock.available, isSellable: stock.isSellable }]
        : []
    })
    return { items, missing: skus.filter((sku) => !world.stock.has(sku)) }
  }

  function answer({ path, body }: ServiceCall): unknown {
    const orderId = path.split('/').at(path.endsWith('/release') || path.endsWith('/cancel') ? -2 : -1) ?? ''
    if (path.startsWith('/internal/cart/')) {
      const cart = world.carts.get(orderId)
      if (!cart) throw notFound('cart')
      return { id: orderId, ...cart }
    }
    if (path.startsWith('/internal/catalog/variants'))
      return variants(new URL(path, 'http://mesh').searchParams.get('skus')?.split(',') ?? [])
    // Bodies come from the code under test, checked by the contract on the real side.
    if (path.endsWith('/reservations')) return reserve(body as Parameters<typeof reserve>[0])
    if (path.endsWith('/release')) return release(orderId)
    if (path.endsWith('/cancel')) return cancelIntent(orderId)
    if (path.endsWith('/refunds')) return refund(body as Parameters<typeof refund>[0])
    if (path.endsWith('/intents')) {
      const { orderId } = body as { orderId: string }
      if (!world.intents.has(orderId)) world.intents.set(orderId, 'open')
      return handleOf(orderId)
    }
    return handleOf(orderId)
  }

  const client: ServiceClient = {
    async call(schema, call) {
      world.calls.push(`${call.method} ${call.path}`)
      const failure = [...world.fail].find(([fragment]) => call.path.includes(fragment))
      if (failure) world.fail.delete(failure[0])
      if (failure?.[1] instanceof AppError) throw failure[1]
      if (failure?.[1] === 'lost') throw unavailable(call.service)
      const data = answer(call)
      if (failure) throw unavailable(call.service)
      return schema.parse(data)
    },
  }
  return { world, client }
}

export const ADDRESS = { name: 'Ada Byron', line1: 'Main 1', city: 'Berlin', postalCode: '10115', country: 'DE' }

/** The orders service on a real MongoDB with everything around it in memory. */
export async function startShop(name: string) {
  const { url } = await startTestMongo()
  const log = silentLog()
  const connection = await connectMongo(url, `orders_${name}_${Date.now()}`, log)
  const clock = fixedClock(new Date('2026-06-01T12:00:00Z'))
  const stores = createStores(connection, clock)
  await ensureIndexes(connection)
  const { world, client } = fakeNeighbours()
  let crashAt: string | null = null
  const deps = {
    ...stores,
    client,
    clock,
    log,
    verifyIdentity: testIdentityVerifier,
    verifyCaller: testCallerVerifier,
    settings: { holdMinutes: 15, taxIncluded: true, shopCountry: 'DE' },
    checks: {},
    isForTesters: true,
    reach(point: string) {
      if (point !== crashAt) return
      crashAt = null
      throw unavailable('a crash')
    },
  }
  const services = createOrdersServices(deps)
  const app = createOrdersApp({ ...deps, services })
  const publicApp = createOrdersApp({ ...deps, services, isForTesters: false })
  const handlers = createEventHandlers(stores.orders, log)

  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const json = body === undefined ? {} : { body: JSON.stringify(body) }
    const reply = await app.handle(
      new Request(`http://localhost${path}`, {
        method,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...json,
      }),
    )
    const text = await reply.text()
    return { status: reply.status, headers: reply.headers, body: text ? JSON.parse(text) : null }
  }

  let carts = 0
  /** A cart of its own with stock of its own, so that tests do not meet. */
  function fill(quantity = 2, available = 10, amount = 1000) {
    carts += 1
    const cartId = `crt_${name}${carts}`
    const sku = `SKU-${name}-${carts}`
    world.stock.set(sku, { price: amount, available, isSellable: true })
    world.carts.set(cartId, { version: 3, lines: [{ sku, quantity }] })
    const input = {
      cartId,
      email: `Buyer${carts}@Example.com`,
      shippingAddress: ADDRESS,
      shippingMethod: 'standard',
      expectedTotal: price(amount * quantity + 490),
    }
    return { cartId, sku, input }
  }

  const checkout = (input: unknown, key: string, headers: Record<string, string> = {}) =>
    call('POST', '/api/orders/checkout', input, { 'idempotency-key': key, ...headers })

  /** What the consumer does with an event of another service. */
  async function tell<T extends EventType>(type: T, data: EventData<T>, id = newId('evt')) {
    // One type names both the handler and the event, a link TypeScript does not follow.
    const handler = handlers[type] as ((event: object, session: Session) => Promise<void>) | undefined
    const event = { id, type, version: 1, occurredAt: clock.now().toISOString(), data }
    await stores.inbox.once(id, async (session) => handler?.(event, session))
  }

  async function pay(orderId: string, amount: number, eventId = `evt_${orderId}`) {
    world.intents.set(orderId, 'succeeded')
    await tell('payment.succeeded', { orderId, intentId: `pi_${orderId}`, amount: price(amount) }, eventId)
  }

  return {
    app,
    /** The same as where real buyers are. */
    publicApp,
    world,
    stores,
    services,
    clock,
    connection,
    call,
    fill,
    checkout,
    pay,
    tell,
    crashAt: (point: string) => {
      crashAt = point
    },
    events: async (type: string) =>
      (await connection.collection('outbox').find({ type }).toArray()).map((row) => row.data),
    stop: () => connection.close(),
  }
}
