import { afterAll, beforeAll, expect, test } from 'bun:test'
import { startShop } from './shop.testing.ts'

/** `RACES=1000 bun test services/orders/src/races.test.ts` runs the long form. */
const RACES = Number(process.env.RACES ?? 20)
const AT_ONCE = 10
const HOLD_MS = 16 * 60_000

let shop: Awaited<ReturnType<typeof startShop>>
beforeAll(async () => {
  shop = await startShop('races')
}, 30_000)
afterAll(() => shop.stop())

/** The bank decides once between paying and cancelling; its word reaches the shop some time later. */
async function confirmCard(orderId: string, amount: number, withinMs: number): Promise<boolean> {
  await Bun.sleep(Math.random() * withinMs)
  if (shop.world.intents.get(orderId) !== 'open') return false
  shop.world.intents.set(orderId, 'succeeded')
  await Bun.sleep(Math.random() * 10)
  await shop.pay(orderId, amount)
  return true
}

async function placeOrders(prefix: string) {
  return Promise.all(
    Array.from({ length: AT_ONCE }, async (_, index) => {
      const { input, sku } = shop.fill()
      const { order, accessToken } = (await shop.checkout(input, `${prefix}-${index}`)).body.data
      return { sku, id: String(order.id), amount: Number(order.total.amount), token: String(accessToken) }
    }),
  )
}

type Placed = Awaited<ReturnType<typeof placeOrders>>[number]

/** The one way this race ended; more or fewer than one is what must never be. */
async function endingsOf({ id, amount, sku }: Placed, isCharged: boolean): Promise<string[]> {
  const order = await shop.stores.orders.find(id)
  const refunds = [...shop.world.refunds.values()].filter(({ orderId }) => orderId === id)
  const back = refunds.reduce((sum, refund) => sum + refund.amount, 0)
  const isEnded = order?.status === 'cancelled' || order?.status === 'expired'
  const isReleased = shop.world.stock.get(sku)?.available === 10
  const endings = {
    sold: order?.status === 'confirmed' && isCharged && refunds.length === 0 && !isReleased,
    ended: isEnded && !isCharged && refunds.length === 0 && isReleased,
    refunded: isEnded && isCharged && refunds.length === 1 && back === amount,
  }
  return Object.entries(endings).flatMap(([name, isTrue]) => (isTrue ? [name] : []))
}

async function settle(): Promise<void> {
  for (let round = 0; round < 3; round++) await shop.services.settlement.resumeUnsettled(shop.clock.now())
}

test('cards confirmed while the buyer cancels: sold, ended or refunded in full, never two of these and never none', async () => {
  const seen = new Map<string, number>()
  for (let done = 0; done < RACES; done += AT_ONCE) {
    const placed = await placeOrders(`cancel-${done}`)
    const charged = await Promise.all(
      placed.map(async ({ id, amount, token }) => {
        const cancel = async () => {
          await Bun.sleep(Math.random() * 20)
          await shop.call('POST', `/api/orders/${id}/cancel`, {}, { 'x-order-token': token })
        }
        const [isCharged] = await Promise.all([confirmCard(id, amount, 100), cancel()])
        return isCharged
      }),
    )
    await settle()
    for (const [index, order] of placed.entries()) {
      const endings = await endingsOf(order, charged[index] ?? false)
      expect([order.id, endings.length]).toEqual([order.id, 1])
      seen.set(endings[0] ?? '', (seen.get(endings[0] ?? '') ?? 0) + 1)
    }
  }
  // A race in which the same side always wins would be none.
  expect([...seen.keys()].length).toBeGreaterThan(1)
  if (process.env.RACES) console.log('cancel against confirm', Object.fromEntries(seen))
}, 300_000)

test('cards confirmed while the order expires: sold or ended, never both and never neither', async () => {
  const seen = new Map<string, number>()
  for (let done = 0; done < RACES; done += AT_ONCE) {
    const placed = await placeOrders(`expire-${done}`)
    const late = new Date(shop.clock.now().getTime() + HOLD_MS)
    const expiry = async () => {
      await Bun.sleep(Math.random() * 10)
      await shop.services.settlement.expireDue(late)
    }
    const [, ...charged] = await Promise.all([
      expiry(),
      ...placed.map(({ id, amount }) => confirmCard(id, amount, 300)),
    ])
    await settle()
    for (const [index, order] of placed.entries()) {
      const endings = await endingsOf(order, charged[index] ?? false)
      expect([order.id, endings.length]).toEqual([order.id, 1])
      seen.set(endings[0] ?? '', (seen.get(endings[0] ?? '') ?? 0) + 1)
    }
  }
  expect([...seen.keys()].sort()).toEqual(['ended', 'sold'])
  if (process.env.RACES) console.log('expire against confirm', Object.fromEntries(seen))
}, 300_000)
