import { expect, test } from 'bun:test'
import { orderOf } from './buyer.ts'
import { call, logOf, state, tokenOf, until } from './edge.client.ts'
import { mesh } from './mesh.command.ts'
import { persistentBuyer, succeededIntents } from './persistent.buyer.ts'
import { productWithStock, stockOf } from './stock.ts'

const isUp = (service: string) =>
  call(`/api/${service}/health`)
    .then(({ status }) => status === 200)
    .catch(() => false)

test('the status of the mesh names the real store, queue and gateway with their versions', async () => {
  const status = await mesh('status')
  expect(status).toMatch(/mongo +│ .*mongod \d+\.\d+\.\d+/)
  expect(status).toMatch(/redis +│ .*redis-server \d+\.\d+\.\d+/)
  expect(status).toMatch(/traefik +│ .*traefik \d+\.\d+\.\d+/)
  expect(status).toMatch(/catalog +│ .*bun(\.exe)? \d+\.\d+\.\d+/)
})

test('the gateway has followed the mesh since it started, also while nothing happened', async () => {
  expect(await logOf('traefik.1')).not.toContain('Provider error')
})

test.each(['catalog', 'cart', 'orders', 'payment', 'notifications', 'stripe-sandbox'])(
  'killing %s during checkouts loses and doubles nothing',
  async (service) => {
    const { sku } = await productWithStock(8)
    // One after the other, so that some have ordered, some are in the middle and some have not begun when it dies.
    const buyers = Array.from({ length: 8 }, async (_, index) => {
      await Bun.sleep(index * 80)
      return persistentBuyer(sku, `kill-${service}-${index}@vitrine.test`)
    })
    await Bun.sleep(240)
    await mesh('kill', service)
    const orders = await Promise.all(buyers)
    for (const order of orders) {
      await until('the order is confirmed', async () => (await orderOf(order)).data?.status === 'confirmed', 90)
    }
    const intents = await succeededIntents()
    for (const { orderId, amount } of orders) {
      const paid = intents.filter((intent) => intent.metadata.orderId === orderId)
      expect(paid.map((intent) => intent.amount_received)).toEqual([amount])
    }
    await until('every hold has ended', async () => (await stockOf(sku))?.reserved === 0)
    expect(await stockOf(sku)).toMatchObject({ onHand: 0, available: 0 })
  },
  180_000,
)

test('with auth away what is protected is refused while browsing goes on', async () => {
  const token = await tokenOf('admin')
  const product = (await call('/api/catalog/products?limit=1')).data.items[0]
  await mesh('kill', 'auth')
  const refused = await call(`/api/catalog/products/${product.id}`, {
    method: 'PATCH',
    token,
    body: { title: product.title, version: product.version },
  })
  const browsed = await call('/api/catalog/products?limit=1')
  expect(refused.status).toBeGreaterThanOrEqual(401)
  expect(browsed.status).toBe(200)
  await until('auth is back', () => isUp('auth'))
})

test('the same webhook delivered ten times has one effect', async () => {
  const control = (body: object) =>
    fetch(`${state().stripe?.url}/_control/webhooks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const { sku } = await productWithStock(1)
  await control({ duplicate: 10 })
  try {
    const order = await persistentBuyer(sku, 'ten-times@vitrine.test')
    await until('the order is confirmed', async () => (await orderOf(order)).data?.status === 'confirmed')
    const mails = async () => {
      const { data } = await call('/api/notifications/messages?to=ten-times%40vitrine.test', {
        token: await tokenOf('support'),
      })
      return data.items.length as number
    }
    await until('the mail is stored', async () => (await mails()) > 0)
    await Bun.sleep(2000)
    expect(await mails()).toBe(1)
    expect(await stockOf(sku)).toMatchObject({ onHand: 0, reserved: 0 })
  } finally {
    await control({ duplicate: 1 })
  }
}, 60_000)

test('three replicas are balanced, and killing one under load fails no more than what was in its hands', async () => {
  const servers = async () => {
    const reply = await fetch(`${state().traefikApi}/api/http/services/catalog@docker`)
    const { serverStatus = {} }: { serverStatus?: Record<string, string> } = await reply.json()
    return Object.values(serverStatus).filter((status) => status === 'UP').length
  }
  await mesh('scale', 'catalog=3')
  await until('three healthy servers', async () => (await servers()) === 3, 60)
  let failed = 0
  let sent = 0
  let isDone = false
  const load = Promise.all(
    Array.from({ length: 4 }, async () => {
      while (!isDone) {
        sent++
        const { status } = await call('/api/catalog/products?limit=1').catch(() => ({ status: 599 }))
        if (status !== 200) failed++
      }
    }),
  )
  await Bun.sleep(500)
  await mesh('kill', 'catalog.2')
  await until('it is back', async () => (await servers()) === 3, 60)
  isDone = true
  await load
  expect(sent).toBeGreaterThan(20)
  expect(failed).toBeLessThanOrEqual(4)
  await mesh('scale', 'catalog=1')
}, 150_000)
