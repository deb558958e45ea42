import { afterAll, beforeAll, expect, test } from 'bun:test'
import { startShop } from './shop.testing.ts'

let shop: Awaited<ReturnType<typeof startShop>>
beforeAll(async () => {
  shop = await startShop('acts')
}, 30_000)
afterAll(() => shop.stop())

const staff = { 'x-identity': 'order-manager', 'x-forwarded-for': '192.0.2.6' }
const admin = { 'x-identity': 'admin' }
const actsOn = async (target: string) => (await shop.events('staff.acted')).filter((act) => act.target === target)

test('the audit log hears what staff do with an order, from what to what and from where', async () => {
  const { input } = shop.fill()
  const { order } = (await shop.checkout(input, 'acts-1')).body.data
  await shop.pay(order.id, order.total.amount)
  await shop.call('POST', `/api/orders/${order.id}/notes`, { text: 'Call first' }, staff)
  await shop.call('POST', `/api/orders/${order.id}/ship`, { carrier: 'DHL', tracking: '1' }, staff)
  expect(await actsOn(order.id)).toMatchObject([
    { action: 'order.noted', actor: 'usr_order-manager', address: '192.0.2.6', after: { text: 'Call first' } },
    { action: 'order.shipped', before: { status: 'confirmed' }, after: { status: 'shipped', carrier: 'DHL' } },
  ])
})

test('what a buyer or the shop itself does is no act of staff', async () => {
  const { input } = shop.fill()
  const buyer = { 'x-identity': 'customer:usr_buyer' }
  const { order } = (await shop.checkout(input, 'acts-2', buyer)).body.data
  await shop.call('POST', `/api/orders/${order.id}/cancel`, { reason: 'changed my mind' }, buyer)
  expect(await actsOn(order.id)).toEqual([])
})

test('promotions and rates tell what they were and are', async () => {
  const made = await shop.call('POST', '/api/orders/promotions', { code: 'ACTS5', type: 'percent', value: 5 }, admin)
  const { id } = made.body.data
  await shop.call('PATCH', `/api/orders/promotions/${id}`, { value: 7 }, admin)
  await shop.call('DELETE', `/api/orders/promotions/${id}`, undefined, admin)
  expect(await actsOn(id)).toMatchObject([
    { action: 'promotion.created', before: null, after: { code: 'ACTS5' } },
    { action: 'promotion.changed', before: { value: 5 }, after: { value: 7 } },
    { action: 'promotion.removed', before: { code: 'ACTS5' }, after: null },
  ])
  const rates = (await shop.call('GET', '/api/orders/rates', undefined, admin)).body.data
  const saved = await shop.call('PUT', '/api/orders/rates', { ...rates, taxIncluded: !rates.taxIncluded }, admin)
  expect(saved.status).toBe(200)
  const acts = (await shop.events('staff.acted')).filter(({ action }) => action === 'rates.changed')
  expect(acts).toHaveLength(1)
})
