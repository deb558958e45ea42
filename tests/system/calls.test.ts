import { afterAll, beforeAll, expect, test } from 'bun:test'
import { join } from 'node:path'
import { ROOT } from '../mesh.process.ts'
import { cartWith, checkoutBody } from './buyer.ts'
import { call, state } from './edge.client.ts'

/**
 * How many calls a page costs. A storefront of this test's own stands before a proxy that counts what it asks of the
 * services; what a service asks of another is counted in that service's own tests.
 */
const asked: string[] = []
let shop = ''
let stop = async () => {}

async function untilListening(output: ReadableStream<Uint8Array>): Promise<number> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of output) {
    text += decoder.decode(chunk)
    const port = /listens on port (\d+)/.exec(text)?.[1]
    if (port) return Number(port)
  }
  throw new Error(`The storefront did not start: ${text}`)
}

beforeAll(async () => {
  const { mesh, redis, edge } = state()
  const proxy = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    async fetch(request) {
      const { pathname, search } = new URL(request.url)
      asked.push(`${request.method} ${pathname}`)
      const body = request.method === 'GET' ? null : await request.arrayBuffer()
      const reply = await fetch(mesh + pathname + search, { method: request.method, headers: request.headers, body })
      const headers = new Headers(reply.headers)
      headers.delete('content-encoding')
      return new Response(await reply.arrayBuffer(), { status: reply.status, headers })
    },
  })
  const child = Bun.spawn([process.execPath, 'server.ts'], {
    cwd: join(ROOT, 'storefront'),
    env: {
      ...process.env,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: '0',
      MESH_URL: `http://127.0.0.1:${proxy.port}`,
      PUBLIC_URL: edge,
      REDIS_URL: redis,
    },
    stdout: 'pipe',
    stderr: 'inherit',
  })
  shop = `http://127.0.0.1:${await untilListening(child.stdout)}`
  stop = async () => {
    child.kill()
    await child.exited
    await proxy.stop(true)
  }
  // What every page needs and seldom changes (the tree of categories, the payment mode) is asked for once, here.
  await visit('/products')
})

afterAll(() => stop())

/** What pages asked for themselves; the tree of categories for the menu is asked for once after each change. */
const pageCalls = () => asked.filter((one) => one !== 'GET /api/catalog/categories')

/** What one visit asked of the services. */
async function visit(path: string, cookie = '', form?: Record<string, string>): Promise<string[]> {
  asked.length = 0
  const { edge } = state()
  const reply = await fetch(shop + path, {
    redirect: 'manual',
    headers: { cookie, 'sec-fetch-site': 'same-origin', origin: edge, 'x-forwarded-host': new URL(edge).host },
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  })
  await reply.text()
  expect(reply.status).toBeLessThan(400)
  return pageCalls()
}

/** SKUs in stock of as many products. */
async function skus(count: number): Promise<string[]> {
  const { data } = await call(`/api/catalog/products?inStock=true&limit=${count}`)
  type Item = { variants: { sku: string; available: number }[] }
  return data.items.flatMap(
    ({ variants }: Item) => variants.filter(({ available }) => available > 3).map(({ sku }) => sku)[0] ?? [],
  )
}

const cookieOf = async (lines: number) =>
  `cart=${await cartWith((await skus(lines)).map((sku) => ({ sku, quantity: 1 })))}`

test('a list page asks the catalog once, whatever is filtered and however many products it shows', async () => {
  expect(await visit('/products?limit=4')).toEqual(['GET /api/catalog/products'])
  expect(await visit('/products?limit=60')).toEqual(['GET /api/catalog/products'])
  expect(await visit('/products?option.color=sand&sort=price')).toEqual(['GET /api/catalog/products'])
  expect(await visit('/search?q=lamp')).toHaveLength(1)
})

test('a page that was made since the last change asks nobody, and 64 visitors of one that was not share one call', async () => {
  const path = '/products?sort=price&inStock=true'
  await visit(path)
  expect(await visit(path)).toEqual([])
  expect(await visit(path, 'cart_count=7')).toEqual(['GET /api/catalog/products'])
  asked.length = 0
  const crowd = Array.from({ length: 64 }, () => fetch(`${shop}/products?sort=newest&inStock=true`))
  const replies = await Promise.all(crowd)
  expect(replies.every(({ status }) => status === 200)).toBe(true)
  expect(pageCalls()).toEqual(['GET /api/catalog/products'])
})

test('a product page asks twice at most', async () => {
  const { data } = await call('/api/catalog/products?limit=1')
  expect((await visit(`/products/${data.items[0].slug}`)).length).toBeLessThanOrEqual(2)
})

test('the cart page asks twice at most, with one line as with five', async () => {
  const [one, five] = [await visit('/cart', await cookieOf(1)), await visit('/cart', await cookieOf(5))]
  expect(one.length).toBeLessThanOrEqual(2)
  expect(five).toEqual(one)
})

test('adding to the cart asks twice at most, to an empty cart as to a full one', async () => {
  const [sku = ''] = await skus(1)
  const add = { sku, quantity: '1' }
  const toNone = await visit('/cart/add', '', add)
  const toFive = await visit('/cart/add', await cookieOf(5), add)
  expect(toNone).toContain('POST /api/cart/lines')
  expect(toNone.length).toBeLessThanOrEqual(2)
  expect(toFive.length).toBeLessThanOrEqual(2)
})

test('placing an order asks the services as often for five lines as for one', async () => {
  const email = 'calls@buyers.test'
  const counts: number[] = []
  for (const lines of [1, 5]) {
    const cookie = await cookieOf(lines)
    const { shippingAddress, shippingMethod } = checkoutBody(email)
    const quote = await call('/api/orders/quote', {
      method: 'POST',
      headers: { 'x-cart-id': cookie.slice('cart='.length) },
      body: checkoutBody(email),
    })
    const { amount, currency } = quote.data.total
    const form = {
      email,
      shippingMethod,
      ...shippingAddress,
      expectedAmount: String(amount),
      expectedCurrency: currency,
      attempt: crypto.randomUUID(),
    }
    const asks = await visit('/checkout', cookie, form)
    expect(asks).toContain('POST /api/orders/checkout')
    counts.push(asks.length)
  }
  expect(counts[1]).toBe(counts[0] ?? 0)
})
