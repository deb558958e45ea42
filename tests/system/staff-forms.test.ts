import { expect, test } from 'bun:test'
import { orderOf, pay, place } from './buyer.ts'
import { call, state, tokenOf, until } from './edge.client.ts'
import { productWithStock } from './stock.ts'

/** The dashboard's forms as a browser without scripts sends them. */
async function send(role: 'admin' | 'orders', path: string, fields: [string, string][]) {
  const { edge } = state()
  const reply = await fetch(edge + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie: `vitrine_access=${await tokenOf(role)}`, origin: edge, accept: 'text/html' },
    body: new URLSearchParams(fields),
  })
  return { status: reply.status, location: reply.headers.get('location') ?? '', text: await reply.text() }
}

async function paidOrder(sku: string) {
  const order = await place([{ sku, quantity: 1 }], 'staff-forms@buyers.test')
  await pay(order.intentId)
  await until('the order is confirmed', async () => (await orderOf(order)).data.status === 'confirmed')
  return order
}

test('ticked orders are shipped together; one without a tracking number stays, and says so', async () => {
  const { sku } = await productWithStock(5)
  const [first, second] = await Promise.all([paidOrder(sku), paidOrder(sku)])
  const picks: [string, string][] = [
    ['carrier', 'DHL'],
    ['pick', first.orderId],
    ['pick', second.orderId],
    [`tracking.${first.orderId}`, 'JD0001'],
  ]
  const partly = await send('orders', `/admin/orders/ship?pick=${first.orderId}&pick=${second.orderId}`, picks)
  expect(partly.status).toBe(400)
  expect(partly.text).toContain('1 order shipped. 1 order still to do.')
  expect(partly.text).toContain('Give its tracking number.')
  expect((await orderOf(first)).data).toMatchObject({ status: 'shipped', shipment: { tracking: 'JD0001' } })
  expect((await orderOf(second)).data.status).toBe('confirmed')
  const rest: [string, string][] = [
    ...picks.filter(([, value]) => value !== first.orderId),
    [`tracking.${second.orderId}`, 'JD2'],
  ]
  expect((await send('orders', '/admin/orders/ship', rest)).location).toContain('done=shipped&count=1')
  expect((await orderOf(second)).data.status).toBe('shipped')
})

test('a changed status of ticked products can be undone, unless somebody changed them since', async () => {
  const { id } = await productWithStock(5)
  const token = await tokenOf('admin')
  const read = async () => (await call(`/api/catalog/products/${id}?status=all`, { token })).data
  const before = await read()
  const change = (pick: string, status: string, more: [string, string][] = []) =>
    send('admin', '/admin/products', [['pick', pick], ['status', status], ...more])
  const news = new URL((await change(`${id}:${before.version}:active`, 'draft')).location, state().edge).searchParams
  expect((await read()).status).toBe('draft')
  const undo = news.get('undo') ?? ''
  expect((await change(undo, news.get('back') ?? '', [['isUndo', 'yes']])).location).toContain('done=undone')
  expect((await read()).status).toBe('active')
  expect((await change(undo, 'active', [['isUndo', 'yes']])).status).toBe(409)
})
