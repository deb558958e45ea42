import { beforeAll, expect, test } from 'bun:test'
import { kitchen, makeCatalog, productInput } from './catalog.testing.ts'

let catalog: Awaited<ReturnType<typeof makeCatalog>>
beforeAll(async () => {
  catalog = await makeCatalog()
})

const headers = { 'x-forwarded-for': '192.0.2.5' }
async function acts() {
  const rows = await catalog.connection.collection('outbox').find({ type: 'staff.acted' }).toArray()
  return rows.map(({ data }) => data)
}
const send = (method: string, path: string, body?: unknown, as = 'admin') =>
  catalog.call(method, `/api/catalog${path}`, { as, headers, ...(body === undefined ? {} : { body }) })

test('the audit log hears what staff change of categories, products and stock, from what to what and from where', async () => {
  const category = (await send('POST', '/categories', kitchen)).body.data
  await send('PATCH', `/categories/${category.id}`, { title: 'Cooking' })
  const variants = productInput().variants.map((variant) => ({ ...variant, sku: `ACT-${variant.sku}` }))
  const product = (await send('POST', '/products', productInput({ variants, title: 'Old teapot' }))).body.data
  await send('PATCH', `/products/${product.id}`, { title: 'New teapot', version: product.version })
  const sku = product.variants[0].sku
  await send('POST', `/inventory/${sku}/movements`, { type: 'OUT', quantity: 4, reason: 'Broken' }, 'order-manager')
  expect(await acts()).toMatchObject([
    { action: 'category.created', target: category.id, before: null, actor: 'usr_admin', address: '192.0.2.5' },
    { action: 'category.changed', before: { title: kitchen.title }, after: { title: 'Cooking' } },
    { action: 'product.created', target: product.id, before: null, after: { title: 'Old teapot' } },
    { action: 'product.changed', target: product.id, sessionId: 'ses_usr_admin' },
    { action: 'stock.moved', target: sku, actor: 'usr_order-manager', before: { onHand: 10 }, after: { onHand: 6 } },
  ])
  const changed = (await acts())[3]
  expect(changed?.before).toEqual({ title: 'Old teapot' })
  expect(changed?.after).toEqual({ title: 'New teapot' })
})

test('a refused change tells nothing', async () => {
  const before = (await acts()).length
  await send('POST', '/inventory/NO-SUCH/movements', { type: 'OUT', quantity: 4, reason: 'Broken' })
  await send('PATCH', '/categories/none', { title: 'Cooking' })
  expect(await acts()).toHaveLength(before)
})
