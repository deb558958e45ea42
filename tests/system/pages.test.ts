import { expect, test } from 'bun:test'
import { cartWith, place } from './buyer.ts'
import { call, state, tokenOf } from './edge.client.ts'

const eur = (amount: number) => ({ amount, currency: 'EUR' })

/** A product of this test's own, for sale. */
async function product() {
  const token = await tokenOf('admin')
  const name = `Shelf test ${crypto.randomUUID().slice(0, 8)}`
  const sku = `SHELF-${crypto.randomUUID().slice(0, 8)}`
  const body = {
    title: name,
    category: (await call('/api/catalog/categories')).data.items[0].slug,
    status: 'active',
    variants: [{ sku, price: eur(1234), onHand: 4 }],
  }
  const { data } = await call('/api/catalog/products', { method: 'POST', token, body })
  const page = `/products/${data.slug}`
  const list = `/search?q=${encodeURIComponent(name)}`
  return { id: data.id as string, name, sku, page, list, path: `/api/catalog/products/${data.id}`, token }
}

const text = async (path: string, cookie = '') => (await call(path, { headers: { cookie } })).text

test('a page is sent again from memory with one tag, and after an edit the very next one shows it', async () => {
  const { page, list, path, sku, token, id } = await product()
  const [first, again] = [await call(page), await call(page)]
  expect(first.text).toContain('€12.34')
  const tag = again.headers.get('etag') ?? ''
  expect(tag).toBe(first.headers.get('etag') ?? 'none')
  expect((await call(page, { headers: { 'if-none-match': tag } })).status).toBe(304)
  for (const amount of [2001, 2002, 2003, 2004]) {
    const body = { price: eur(amount) }
    expect((await call(`${path}/variants/${sku}`, { method: 'PATCH', token, body })).status).toBe(200)
    const shown = `€20.0${amount - 2000}`
    expect(await text(page)).toContain(shown)
    expect(await text(list)).toContain(shown)
  }
  expect((await call(page, { headers: { 'if-none-match': tag } })).status).toBe(200)
  await call(`/api/catalog/products/${id}`, { method: 'DELETE', token })
})

test('stock, a draft and an archived product are seen by the next visitor', async () => {
  const { page, list, path, sku, name, token } = await product()
  expect(await text(page)).toContain('name="quantity"')
  const out = { type: 'OUT', quantity: 4, reason: 'Shelf test' }
  await call(`/api/catalog/inventory/${sku}/movements`, { method: 'POST', token, body: out })
  expect(await text(page)).not.toContain('name="quantity"')
  expect(await text(list)).toContain(page)
  const { version } = (await call(path)).data
  await call(path, { method: 'PATCH', token, body: { status: 'draft', version } })
  expect((await call(page)).status).toBe(404)
  expect(await text(list)).not.toContain(page)
  await call(path, { method: 'PATCH', token, body: { status: 'active', version: version + 1 } })
  const shown = await call(page)
  expect([shown.status, shown.text.includes(name)]).toEqual([200, true])
  await call(path, { method: 'DELETE', token })
  expect((await call(page)).status).toBe(404)
  expect(await text(list)).not.toContain(page)
})

test('two visitors of one page never see each other’s cart, session, words or cookies', async () => {
  const { page, path, id, token } = await product()
  const other = await product()
  const withTwo = await text(page, 'cart_count=2')
  const signedIn = await call(page, { headers: { cookie: `vitrine_access=${token}; recent=${other.id}` } })
  const told = await text(`${page}?problem=${encodeURIComponent('Only yours')}`)
  const stranger = await call(page)
  expect(withTwo).toContain('items in your cart')
  expect(signedIn.text).toContain('>Account<')
  expect(signedIn.headers.getSetCookie().join()).toContain(`${id}.${other.id}`)
  expect(told).toContain('Only yours')
  expect(stranger.text).toContain('Your cart is empty')
  expect(stranger.text).toContain('>Sign in<')
  expect(stranger.text).not.toContain('Only yours')
  expect(stranger.text).not.toContain(token)
  expect(stranger.headers.getSetCookie().join()).not.toContain(other.id)
  expect(stranger.headers.get('cache-control')).toContain('private')
  for (const one of [path, other.path]) await call(one, { method: 'DELETE', token })
})

test('a page for many runs files of the shop alone; one on which React runs names its scripts anew each time', async () => {
  const { data } = await call('/api/catalog/products?inStock=true&limit=1')
  const { sku } = data.items[0].variants.find((one: { available: number }) => one.available > 0)
  const cookie = `cart=${await cartWith([{ sku, quantity: 1 }])}`
  const policy = async (path: string) =>
    (await call(path, { headers: { cookie } })).headers.get('content-security-policy') ?? ''
  expect(await policy('/products')).toContain("script-src 'self';")
  expect(await text('/products')).not.toMatch(/<script(?![^>]*(\bsrc=|application\/ld\+json))/)
  const [one, two] = [await policy('/checkout'), await policy('/checkout')]
  expect(one).toContain("'nonce-")
  expect(one).not.toBe(two)
})

test('a tester who is not signed in finds the X-ray of the latest order, without who bought it', async () => {
  const { data } = await call('/api/catalog/products?inStock=true&limit=1')
  const { sku } = data.items[0].variants.find((one: { available: number }) => one.available > 0)
  const { orderId } = await place([{ sku, quantity: 1 }], 'seen-by-testers@vitrine.test')
  const path = `/testing/x-ray/${orderId}`
  expect(await text('/testing')).toContain(`href="${path}"`)
  const xRay = await text(path)
  for (const fact of ['checkout asked for', 'placed', 'stock held', 'intent made', 'order.placed told'])
    expect(xRay).toContain(`<td>${fact}</td>`)
  expect(xRay).not.toContain('seen-by-testers')
  expect(xRay).not.toContain('Test Buyer')
  expect((await call('/testing/x-ray/ord_unknown')).status).toBe(404)
})

test('what is sent to a page and is no form is refused by the page itself, and changes nothing', async () => {
  const { data } = await call('/api/catalog/products?inStock=true&limit=1')
  const { sku } = data.items[0].variants.find((one: { available: number }) => one.available > 0)
  const cart = await cartWith([{ sku, quantity: 2 }])
  const { edge } = state()
  const send = async (path: string, type: string, body: string) => {
    const headers = { cookie: `cart=${cart}`, origin: edge, ...(type && { 'content-type': type }) }
    const reply = await fetch(edge + path, { method: 'POST', headers, body: new TextEncoder().encode(body) })
    return [reply.status, (await reply.text()).includes('could not read')]
  }
  const remove = `sku=${sku}&remove=1`
  expect(await send('/cart?index', 'text/plain', remove)).toEqual([415, true])
  expect(await send('/cart?index', '', remove)).toEqual([415, true])
  expect(await send('/cart?index', 'multipart/form-data', remove)).toEqual([400, true])
  expect(await send('/cart.data?index', 'application/json', '{"remove":1}')).toEqual([415, false])
  expect(await send('/testing', '', '')).toEqual([415, true])
  expect((await call('/api/cart', { headers: { 'x-cart-id': cart } })).data.lines[0].quantity).toBe(2)
  const odd = new URLSearchParams({ sku: '\0', remove: '1' }).toString()
  expect((await send('/cart?index', 'application/x-www-form-urlencoded', odd))[0]).toBe(400)
})
