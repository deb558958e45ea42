import { SignedIn } from '@vitrine/contracts/auth'
import { ProductList } from '@vitrine/contracts/catalog'
import type { Clock } from '@vitrine/kernel/clock'
import { AppError } from '@vitrine/kernel/errors'
import type { ServiceClient } from '@vitrine/kernel/http'
import type { Log } from '@vitrine/kernel/log'
import { DEMO_ORDERS, demoOrder, demoOrderId } from './demo.rules.ts'
import { createNeighbours, type Neighbours } from './neighbours.ts'
import type { OrderRepository } from './order.repository.ts'
import type { PromotionRepository } from './promotion.repository.ts'

export interface DemoSeedDeps {
  client: ServiceClient
  orders: OrderRepository
  promotions: PromotionRepository
  clock: Clock
  log: Log
}

const RETRY_MS = 2000
/** As the documentation gives it to everybody; auth chose the id. */
const SHOPPER = { email: 'shopper@vitrine.test', password: 'vitrine-shopper-demo' }

const PROMOTIONS = [
  { id: 'promo_welcome', code: 'WELCOME10', type: 'percent', value: 10 },
  { id: 'promo_freeship', code: 'FREESHIP', type: 'free_shipping', value: 0 },
] as const

/** Writes what a demo shop needs; what is there already stays as it is. */
export async function seedDemo({ client, orders, promotions, clock }: DemoSeedDeps): Promise<void> {
  const neighbours = createNeighbours(client)
  const createdAt = '2026-01-01T00:00:00.000Z'
  for (const promotion of PROMOTIONS) await promotions.add({ ...promotion, createdAt })
  const path = '/api/catalog/products?limit=24&sort=price&inStock=true'
  const { items } = await client.call(ProductList, { service: 'catalog', method: 'GET', path })
  const skus = items.flatMap((product) => product.variants.slice(0, 2).map(({ sku }) => sku))
  if (skus.length === 0) throw new Error('The catalog is still empty.')
  const { items: variants } = await neighbours.variants(skus.slice(0, 40), 'demo-seed')
  if (variants.length === 0) throw new Error('The catalog is still empty.')
  if (await orders.find(demoOrderId(DEMO_ORDERS - 1))) return payOrders(orders, neighbours)
  const login = { service: 'auth', method: 'POST', path: '/api/auth/login', body: SHOPPER } as const
  const { user } = await client.call(SignedIn, login)
  const now = clock.now()
  for (let index = 0; index < DEMO_ORDERS; index++) await orders.place(demoOrder(index, variants, user.id, now), [])
  await payOrders(orders, neighbours)
}

/** Real payments in the sandbox behind the demo orders, so that they can be refunded and looked into. Safe to repeat. */
async function payOrders(orders: OrderRepository, neighbours: Neighbours): Promise<void> {
  for (let index = 0; index < DEMO_ORDERS; index++) {
    const order = await orders.find(demoOrderId(index))
    if (!order || order.paymentStatus === 'unpaid') continue
    const { id: orderId, total: amount, email, refunds } = order
    try {
      await neighbours.payDemo({ orderId, amount, email }, 'demo-seed')
    } catch (error) {
      if (error instanceof AppError && error.code === 'conflict') return
      throw error
    }
    const refund = refunds.find(({ key }) => key === `demo:${orderId}`)
    if (refund)
      await neighbours.refund({ orderId, key: refund.key, amount: refund.amount, reason: refund.reason }, 'demo-seed')
  }
}

/** Tries until the catalog answers. Returns `stop`. */
export function startDemoSeed(deps: DemoSeedDeps): () => Promise<void> {
  let isStopping = false
  async function loop(): Promise<void> {
    while (!isStopping) {
      try {
        await seedDemo(deps)
        deps.log.info({ orders: DEMO_ORDERS }, 'demo orders are there')
        return
      } catch (error) {
        deps.log.debug({ err: error }, 'demo orders wait for the catalog')
        await Bun.sleep(RETRY_MS)
      }
    }
  }
  const done = loop()
  return async () => {
    isStopping = true
    await done
  }
}
