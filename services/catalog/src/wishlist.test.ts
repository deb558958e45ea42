import { beforeAll, expect, test } from 'bun:test'
import { kitchen, makeCatalog, productInput } from './catalog.testing.ts'

let catalog: Awaited<ReturnType<typeof makeCatalog>>
const ids: string[] = []
beforeAll(async () => {
  catalog = await makeCatalog()
  await catalog.call('POST', '/api/catalog/categories', { as: 'admin', body: kitchen })
  for (const sku of ['W1', 'W2', 'W3']) {
    const variants = [{ sku, options: {}, price: { amount: 100, currency: 'EUR' as const }, onHand: 0 }]
    const body = productInput({ title: `Wished ${sku}`, options: [], variants })
    ids.push((await catalog.call('POST', '/api/catalog/products', { as: 'admin', body })).body.data.id)
  }
}, 30_000)

const at = (index: number) => ids[index] ?? ''
const wish = async (method: string, path = '', as = 'customer:usr_w', body?: unknown) => {
  const reply = await catalog.call(method, `/api/catalog/wishlist${path}`, { ...(as ? { as } : {}), body })
  const items: { id: string }[] = reply.body.data?.items ?? []
  return { status: reply.status, ids: items.map(({ id }) => id) }
}

test('a person keeps products for later, newest first, each once, and nobody else sees them', async () => {
  expect((await wish('GET', '', '')).status).toBe(401)
  expect((await wish('GET')).ids).toEqual([])
  await wish('PUT', `/${at(0)}`)
  await wish('PUT', `/${at(1)}`)
  expect((await wish('PUT', `/${at(0)}`)).ids).toEqual([at(0), at(1)])
  expect((await wish('GET', '', 'customer:usr_other')).ids).toEqual([])
  expect((await wish('PUT', '/prd_none')).status).toBe(404)
  expect((await wish('DELETE', `/${at(1)}`)).ids).toEqual([at(0)])
  expect((await wish('DELETE', `/${at(1)}`)).status).toBe(200)
})

test('what a guest had kept joins the account once, also when it is sent twice', async () => {
  const productIds = [at(2), at(0), 'prd_none']
  const as = 'customer:usr_m'
  await wish('PUT', `/${at(1)}`, as)
  expect((await wish('POST', '/merge', as, { productIds })).ids).toEqual([at(2), at(0), at(1)])
  expect((await wish('POST', '/merge', as, { productIds })).ids).toEqual([at(2), at(0), at(1)])
  const tooMany = Array.from({ length: 101 }, (_, index) => `prd_${index}`)
  expect((await wish('POST', '/merge', as, { productIds: tooMany })).status).toBe(400)
})

test('two tabs that keep something at once lose nothing', async () => {
  const as = 'customer:usr_tabs'
  await Promise.all(ids.map((id) => wish('PUT', `/${id}`, as)))
  expect((await wish('GET', '', as)).ids.toSorted()).toEqual(ids.toSorted())
})

const alert = (sku: string, email: string, id = at(0)) =>
  catalog.call('POST', `/api/catalog/products/${id}/variants/${sku}/alerts`, { body: { email } })
const told = async () =>
  (await catalog.connection.collection('outbox').find({ type: 'product.back_in_stock' }).toArray()).map(({ data }) => [
    data.sku,
    data.email,
  ])

test('who waits for a variant is told once when it is back, whoever asked how often', async () => {
  expect((await alert('W1', 'Ann@Example.com')).body.data).toEqual({ sku: 'W1', email: 'ann@example.com' })
  expect((await alert('W1', 'ann@example.com')).status).toBe(202)
  await alert('W1', 'ben@example.com')
  await alert('W2', 'ann@example.com', at(1))
  expect(await catalog.alerts.tell()).toBe(0)
  const movement = { type: 'IN', quantity: 5, reason: 'Delivery' }
  await catalog.call('POST', '/api/catalog/inventory/W1/movements', { as: 'admin', body: movement })
  const counts = await Promise.all([catalog.alerts.tell(), catalog.alerts.tell()])
  expect(counts[0] + counts[1]).toBe(2)
  expect((await told()).toSorted()).toEqual([
    ['W1', 'ann@example.com'],
    ['W1', 'ben@example.com'],
  ])
  expect(await catalog.alerts.tell()).toBe(0)
})

test('nobody waits for what is in stock, unknown or not an address', async () => {
  expect((await alert('W1', 'c@example.com')).status).toBe(409)
  expect((await alert('W9', 'c@example.com')).status).toBe(404)
  expect((await alert('W2', 'c@example.com', at(0))).status).toBe(404)
  expect((await alert('W2', 'nobody', at(1))).status).toBe(400)
})
