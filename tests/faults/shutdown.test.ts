import { expect, test } from 'bun:test'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { orderOf } from '../system/buyer.ts'
import { state, until } from '../system/edge.client.ts'
import { mesh } from '../system/mesh.command.ts'
import { persistentBuyer, succeededIntents } from '../system/persistent.buyer.ts'
import { productWithStock, stockOf } from '../system/stock.ts'

const pidOfOrders = () => state().replicas.find(({ service }) => service === 'orders')?.pid ?? 0
const log = () => readFile(join(process.env.VITRINE_STATE ?? '', 'logs/mesh.log'), 'utf8')

test('a service told to stop with fifty checkouts under way ends by itself within 10 s, and none of them is lost', async () => {
  const { sku } = await productWithStock(50)
  const before = pidOfOrders()
  const buyers = Array.from({ length: 50 }, (_, index) => persistentBuyer(sku, `term-${index}@vitrine.test`))
  await Bun.sleep(500)
  const startedAt = performance.now()
  await mesh('kill', 'orders', '--signal', 'TERM')
  await until('it has ended', async () => pidOfOrders() !== before, 20)
  expect(performance.now() - startedAt).toBeLessThan(11_000)
  expect(await log()).toContain('orders.1 ended (0)')
  const orders = await Promise.all(buyers)
  expect(new Set(orders.map(({ orderId }) => orderId)).size).toBe(50)
  for (const order of orders) {
    await until('the order is confirmed', async () => (await orderOf(order)).data?.status === 'confirmed', 90)
  }
  await until('all are sold', async () => (await stockOf(sku))?.onHand === 0)
  const paid = new Set((await succeededIntents()).map(({ metadata }) => metadata.orderId))
  expect(orders.filter(({ orderId }) => !paid.has(orderId))).toEqual([])
}, 300_000)
