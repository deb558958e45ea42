import { beforeAll, expect, test } from 'bun:test'
import sharp from 'sharp'
import { kitchen, makeCatalog, productInput } from './catalog.testing.ts'

let catalog: Awaited<ReturnType<typeof makeCatalog>>

beforeAll(async () => {
  catalog = await makeCatalog()
  await catalog.call('POST', '/api/catalog/categories', { as: 'admin', body: kitchen })
  await catalog.call('POST', '/api/catalog/categories', {
    as: 'admin',
    body: { slug: 'tea', title: 'Tea', parent: 'kitchen' },
  })
}, 30_000)

const simpleVariant = (sku: string, options: Record<string, string> = {}) => ({
  sku,
  options,
  price: { amount: 4200, currency: 'EUR' as const },
  onHand: 1,
})

let count = 0
async function createProduct(overrides: Parameters<typeof productInput>[0] = {}) {
  const number = ++count
  const input = productInput(overrides)
  const variants =
    overrides.variants ?? input.variants.map((variant) => ({ ...variant, sku: `${variant.sku}-${number}` }))
  const { status, body } = await catalog.call('POST', '/api/catalog/products', {
    as: 'admin',
    body: { ...input, variants },
  })
  expect(body).toMatchObject({ success: true })
  expect(status).toBe(201)
  return body.data
}

test('creating a product needs the permission to write', async () => {
  expect((await catalog.call('POST', '/api/catalog/products', { body: productInput() })).status).toBe(401)
  const refused = await catalog.call('POST', '/api/catalog/products', { as: 'support', body: productInput() })
  expect(refused.status).toBe(403)
  expect(refused.body.error.details).toEqual({ permission: 'catalog:write' })
})

test('a product reads back with prices, stock and its way through the categories', async () => {
  const created = await createProduct({ category: 'tea' })
  const { body } = await catalog.call('GET', `/api/catalog/products/${created.slug}`)
  expect(body.data.categoryPath.map((category: { slug: string }) => category.slug)).toEqual(['kitchen', 'tea'])
  expect(body.data.priceRange).toEqual({
    min: { amount: 3900, currency: 'EUR' },
    max: { amount: 4200, currency: 'EUR' },
  })
  expect(body.data.available).toBe(10)
  expect(body.data.version).toBe(1)
  expect(body.data).not.toHaveProperty('revision')
})

test('unknown keys in a body are refused', async () => {
  const { status, body } = await catalog.call('POST', '/api/catalog/products', {
    as: 'admin',
    body: { ...productInput(), role: 'x' },
  })
  expect(status).toBe(400)
  expect(body.error.code).toBe('invalid_input')
})

test('variants must fit the option matrix', async () => {
  const { status, body } = await catalog.call('POST', '/api/catalog/products', {
    as: 'admin',
    body: productInput({ variants: [simpleVariant('X-1', { Color: 'Blue' })] }),
  })
  expect(status).toBe(400)
  expect(body.error.details.fields.variants[0]).toContain('X-1')
})

test('an edit without a version is 400, with a stale one 409 that shows the current product', async () => {
  const product = await createProduct()
  const path = `/api/catalog/products/${product.id}`
  expect((await catalog.call('PATCH', path, { as: 'admin', body: { title: 'New' } })).status).toBe(400)
  const edited = await catalog.call('PATCH', path, { as: 'admin', body: { title: 'New', version: 1 } })
  expect(edited.body.data).toMatchObject({ title: 'New', version: 2, brand: 'Ostra' })
  const stale = await catalog.call('PATCH', path, {
    as: 'admin',
    body: { title: 'Other' },
    headers: { 'if-match': '"1"' },
  })
  expect(stale.status).toBe(409)
  expect(stale.body.error).toMatchObject({
    code: 'version_conflict',
    details: { current: { title: 'New', version: 2 } },
  })
})

test('an edit on one replica is seen by the next read on another', async () => {
  const product = await createProduct()
  const other = catalog.anotherReplica()
  const read = async () =>
    (await (await other.handle(new Request(`http://localhost/api/catalog/products/${product.id}`))).json()).data.title
  expect(await read()).toBe('Pomona teapot')
  await catalog.call('PATCH', `/api/catalog/products/${product.id}`, {
    as: 'admin',
    body: { title: 'Renamed', version: 1 },
  })
  expect(await read()).toBe('Renamed')
})

test('an earlier address still leads to the product', async () => {
  const product = await createProduct({ slug: 'old-address' })
  await catalog.call('PATCH', `/api/catalog/products/${product.id}`, {
    as: 'admin',
    body: { slug: 'new-address', version: 1 },
  })
  expect((await catalog.call('GET', '/api/catalog/products/old-address')).body.data.slug).toBe('new-address')
})

test('drafts and archived products are hidden from shoppers and shown to editors who ask', async () => {
  const product = await createProduct({ status: 'draft' })
  const path = `/api/catalog/products/${product.id}`
  expect((await catalog.call('GET', path)).status).toBe(404)
  expect((await catalog.call('GET', `${path}?status=all`)).status).toBe(401)
  expect((await catalog.call('GET', `${path}?status=all`, { as: 'support' })).status).toBe(403)
  expect((await catalog.call('GET', `${path}?status=draft`, { as: 'admin' })).status).toBe(200)
  expect((await catalog.call('DELETE', path, { as: 'admin' })).status).toBe(204)
  expect(
    (await catalog.call('GET', '/api/catalog/products?status=archived', { as: 'admin' })).body.data.items[0].id,
  ).toBe(product.id)
})

test('two products cannot share a SKU or an address', async () => {
  await createProduct({
    slug: 'taken',
    variants: [simpleVariant('TAKEN')],
    options: [],
  })
  const variants = [simpleVariant('TAKEN')]
  const again = await catalog.call('POST', '/api/catalog/products', {
    as: 'admin',
    body: productInput({ variants, options: [] }),
  })
  expect(again.status).toBe(409)
})

test('search finds prefixes and forgives a typing error', async () => {
  const product = await createProduct({ title: 'Zanzibar lantern' })
  const find = async (words: string) =>
    (await catalog.call('GET', `/api/catalog/products?q=${encodeURIComponent(words)}`)).body.data.items[0]?.id
  expect(await find('zanz')).toBe(product.id)
  expect(await find('zanzibr')).toBe(product.id)
  const suggested = await catalog.call('GET', '/api/catalog/suggest?q=lantrn')
  expect(suggested.body.data.items[0]).toMatchObject({
    kind: 'product',
    title: 'Zanzibar lantern',
    price: { amount: 3900, currency: 'EUR' },
  })
})

test('search finds a SKU in any case, and by the beginning of any part of it', async () => {
  const product = await createProduct({ variants: [simpleVariant('XQ7-Wool.Red_88')], options: [] })
  const find = async (words: string) => {
    const { items, matches } = (await catalog.call('GET', `/api/catalog/products?q=${encodeURIComponent(words)}`)).body
      .data
    return matches === 'all' && items[0]?.id === product.id
  }
  for (const words of ['XQ7-Wool.Red_88', 'xq7-wool.red_88', 'xq7-w', 'XQ7', ' xq7 ', 'wool.r', '88'])
    expect([words, await find(words)]).toEqual([words, true])
  for (const words of ['q7-w', 'XQ7-Wool.Red_889', 'xq7 velocipede'])
    expect([words, await find(words)]).toEqual([words, false])
  const suggested = await catalog.call('GET', '/api/catalog/suggest?q=xq7-wool')
  expect(suggested.body.data.items[0].url).toBe(`/products/${product.slug}`)
})

test('a search says whether what it found has all its words', async () => {
  await createProduct({ title: 'Quillon inkstand' })
  const search = async (words: string) =>
    (await catalog.call('GET', `/api/catalog/products?q=${encodeURIComponent(words)}`)).body.data
  expect((await search('quillon inkstand')).matches).toBe('all')
  const partial = await search('quillon velocipede')
  expect(partial.matches).toBe('some')
  expect(partial.items[0].title).toBe('Quillon inkstand')
  expect(await search('')).not.toHaveProperty('matches')
})

test('a batch keeps its order and names what is missing', async () => {
  const [a, b] = [await createProduct(), await createProduct()]
  const { body } = await catalog.call('GET', `/api/catalog/products?ids=${b.id},nope,${a.id}`)
  expect(body.data.items.map((item: { id: string }) => item.id)).toEqual([b.id, a.id])
  expect(body.data.missing).toEqual(['nope'])
})

test('pages by cursor show every product once', async () => {
  const seen: string[] = []
  let cursor: string | null = null
  do {
    const { body } = await catalog.call(
      'GET',
      `/api/catalog/products?limit=2&sort=price${cursor ? `&cursor=${cursor}` : ''}`,
    )
    seen.push(...body.data.items.map((item: { id: string }) => item.id))
    cursor = body.data.nextCursor
  } while (cursor)
  const { body } = await catalog.call('GET', '/api/catalog/products')
  expect(seen.length).toBe(body.data.total)
  expect(new Set(seen).size).toBe(seen.length)
})

test('a cursor of another order is refused', async () => {
  const { body } = await catalog.call('GET', '/api/catalog/products?limit=1&sort=price')
  expect((await catalog.call('GET', `/api/catalog/products?sort=newest&cursor=${body.data.nextCursor}`)).status).toBe(
    400,
  )
})

test('an uploaded picture is served as WebP in several widths', async () => {
  const product = await createProduct()
  const png = await sharp({ create: { width: 800, height: 1000, channels: 3, background: '#336655' } })
    .png()
    .toBuffer()
  const form = new FormData()
  form.set('file', new File([new Uint8Array(png)], 'x.png', { type: 'image/png' }))
  form.set('alt', 'A green field')
  const added = await catalog.call('POST', `/api/catalog/products/${product.id}/pictures`, { as: 'admin', body: form })
  expect(added.status).toBe(201)
  expect(added.body.data).toMatchObject({ alt: 'A green field', width: 800, height: 1000 })
  const { sources } = added.body.data
  expect(sources.map((source: { width: number }) => source.width)).toEqual([240, 480, 720, 800])
  const served = await catalog.call('GET', sources[0].url)
  expect(served.status).toBe(200)
  expect(served.headers.get('content-type')).toBe('image/webp')
  expect(served.headers.get('cache-control')).toContain('immutable')
})

test('an upload that only calls itself a picture is refused', async () => {
  const product = await createProduct()
  const form = new FormData()
  form.set('file', new File(['<svg onload="alert(1)"/>'], 'x.png', { type: 'image/png' }))
  expect(
    (await catalog.call('POST', `/api/catalog/products/${product.id}/pictures`, { as: 'admin', body: form })).status,
  ).toBe(415)
})

test('variants are added, changed and removed', async () => {
  const product = await createProduct()
  const path = `/api/catalog/products/${product.id}/variants`
  await catalog.call('PATCH', `/api/catalog/products/${product.id}`, {
    as: 'admin',
    body: { options: [{ name: 'Color', values: ['Green', 'Cream', 'Blue'] }], version: 1 },
  })
  const added = await catalog.call('POST', path, {
    as: 'admin',
    body: { sku: 'POM-BLUE', options: { Color: 'Blue' }, price: { amount: 4000, currency: 'EUR' }, onHand: 4 },
  })
  expect(added.status).toBe(201)
  expect(added.body.data.available).toBe(14)
  const changed = await catalog.call('PATCH', `${path}/POM-BLUE`, {
    as: 'admin',
    body: { price: { amount: 4100, currency: 'EUR' } },
  })
  expect(changed.body.data.variants[2].price.amount).toBe(4100)
  expect((await catalog.call('DELETE', `${path}/POM-BLUE`, { as: 'admin' })).status).toBe(204)
  expect((await catalog.call('GET', `/api/catalog/products/${product.id}`)).body.data.variants).toHaveLength(2)
})

test('a variant gets another SKU with its stock and ledger, unless an order has had it', async () => {
  const product = await createProduct()
  const [sku = '', other = ''] = product.variants.map((variant: { sku: string }) => variant.sku)
  const path = `/api/catalog/products/${product.id}/variants`
  const renamed = await catalog.call('PATCH', `${path}/${sku}`, { as: 'admin', body: { sku: `${sku}-NEW` } })
  expect(renamed.body.data.variants[0]).toMatchObject({ sku: `${sku}-NEW`, available: 10 })
  expect((await catalog.call('GET', `/api/catalog/inventory/${sku}`, { as: 'admin' })).status).toBe(404)
  const ledger = await catalog.call('GET', `/api/catalog/inventory/${sku}-NEW/movements`, { as: 'admin' })
  expect(ledger.body.data.items).toMatchObject([{ sku: `${sku}-NEW`, quantity: 10 }])
  const taken = await catalog.call('PATCH', `${path}/${other}`, { as: 'admin', body: { sku: `${sku}-NEW` } })
  expect([400, 409]).toContain(taken.status)
  await catalog.call('POST', '/internal/catalog/reservations', {
    service: 'orders',
    body: { orderId: `ord_${sku}`, lines: [{ sku: `${sku}-NEW`, quantity: 1 }], expiresAt: '2026-11-21T13:00:00Z' },
  })
  const held = await catalog.call('PATCH', `${path}/${sku}-NEW`, { as: 'admin', body: { sku: `${sku}-X` } })
  expect(held.status).toBe(409)
  expect(held.body.error.details).toEqual({ sku: `${sku}-NEW` })
})

test('low stock is what stands at or below the threshold', async () => {
  const product = await createProduct()
  const skus = async (query: string) =>
    (await catalog.call('GET', `/api/catalog/inventory?limit=200&${query}`, { as: 'support' })).body.data.items.map(
      (line: { sku: string }) => line.sku,
    )
  const [ten, none] = product.variants.map((variant: { sku: string }) => variant.sku)
  expect(await skus('low=true')).toContain(none)
  expect(await skus('low=true')).not.toContain(ten)
  expect(await skus('low=true&threshold=10')).toContain(ten)
})

test('editors are told who made a product, shoppers are not', async () => {
  const product = await createProduct()
  expect(product.createdBy).toBe('usr_admin')
  const path = `/api/catalog/products/${product.id}`
  expect((await catalog.call('GET', `${path}?status=all`, { as: 'admin' })).body.data.createdBy).toBe('usr_admin')
  expect((await catalog.call('GET', path)).body.data).not.toHaveProperty('createdBy')
})

test('stock moves by ledger and never below zero', async () => {
  const product = await createProduct()
  const path = `/api/catalog/inventory/${product.variants[0].sku}`
  const move = (type: string, quantity: number) =>
    catalog.call('POST', `${path}/movements`, { as: 'order-manager', body: { type, quantity, reason: 'Count' } })
  expect((await move('IN', 5)).body.data).toMatchObject({ onHand: 15, available: 15 })
  expect((await move('ADJUST', -3)).body.data.onHand).toBe(12)
  const refused = await move('OUT', 13)
  expect(refused.body.error).toMatchObject({ code: 'out_of_stock', details: { available: 12 } })
  expect((await move('OUT', -1)).status).toBe(400)
  const ledger = await catalog.call('GET', `${path}/movements`, { as: 'support' })
  expect(ledger.body.data.items).toHaveLength(3)
  expect(
    (await catalog.call('GET', '/api/catalog/inventory?low=true', { as: 'admin' })).body.data.items.length,
  ).toBeGreaterThan(0)
})

test('auth alone reads reviews, wishes and alerts of somebody', async () => {
  const product = await createProduct()
  await catalog.stores.wishlists.add('usr_asks', [product.id], 50)
  await catalog.stores.wishlists.add('usr_other', ['prd_other'], 50)
  const path = '/internal/catalog/people/usr_asks?email=asks@example.com'
  expect((await catalog.call('GET', path, { as: 'admin' })).status).toBe(401)
  expect((await catalog.call('GET', path, { service: 'orders' })).status).toBe(403)
  const { body } = await catalog.call('GET', path, { service: 'auth' })
  expect(body.data.items).toMatchObject([{ kind: 'wishlist', productIds: [product.id] }])
})

test('internal routes are closed without a service assertion', async () => {
  expect((await catalog.call('GET', '/internal/catalog/variants?skus=a', { as: 'admin' })).status).toBe(401)
  const product = await createProduct()
  const { body } = await catalog.call('GET', `/internal/catalog/variants?skus=${product.variants[0].sku},nope`, {
    service: 'cart',
  })
  expect(body.data.items[0]).toMatchObject({ title: 'Pomona teapot', available: 10, isSellable: true })
  expect(body.data.missing).toEqual(['nope'])
})
