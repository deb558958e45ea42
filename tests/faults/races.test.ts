import { afterAll, beforeAll, expect, test } from 'bun:test'
import { startShop } from '../../services/orders/src/shop.testing.ts'

let shop: Awaited<ReturnType<typeof startShop>>
beforeAll(async () => {
  shop = await startShop('races')
}, 30_000)
afterAll(() => shop.stop())

const TURNS = 1000
const LATEST_MS = 60
const HOLD_MS = 16 * 60_000

/** Lets everything that is under way come to its end. */
async function settle(): Promise<void> {
  for (let round = 0; round < 3; round++) await shop.services.settlement.resumeUnsettled(shop.clock.now())
}

/** Where the money of an order is in the end; more or fewer than one place is what must never be. */
async function whereIsTheMoney(orderId: string, total: number): Promise<string[]> {
  const stored = await shop.stores.orders.find(orderId)
  const back = [...shop.world.refunds.values()].filter((refund) => refund.orderId === orderId)
  const given = back.reduce((sum, { amount }) => sum + amount, 0)
  const isKept = stored?.status === 'confirmed' && given === 0
  const isBack = (stored?.status === 'cancelled' || stored?.status === 'expired') && given === total
  return [...(isKept ? ['kept'] : []), ...(isBack ? ['back'] : [])]
}

test.each(['cancel', 'expire'])(
  'paying raced a thousand times against %s: never both, never neither',
  async (other) => {
    const wrong: string[] = []
    const seen = new Set<string>()
    for (let turn = 0; turn < TURNS; turn++) {
      const { input } = shop.fill()
      const { order, accessToken } = (await shop.checkout(input, `${other}-${turn}`)).body.data
      if (other === 'expire') shop.clock.advance(HOLD_MS)
      const end = () =>
        other === 'expire'
          ? shop.services.settlement.expireDue(shop.clock.now())
          : shop.call('POST', `/api/orders/${order.id}/cancel`, {}, { 'x-order-token': String(accessToken) })
      // A little later each turn: expiry looks for what is due before it begins, and would lose every time.
      const pay = async () => {
        await Bun.sleep(turn % LATEST_MS)
        await shop.pay(order.id, order.total.amount)
      }
      await Promise.all(turn % 2 ? [end(), pay()] : [pay(), end()])
      await settle()
      const places = await whereIsTheMoney(order.id, order.total.amount)
      if (places.length !== 1) wrong.push(order.id)
      for (const place of places) seen.add(place)
    }
    expect(wrong).toEqual([])
    // A race in which the same side always wins would be none.
    expect([...seen].sort()).toEqual(['back', 'kept'])
  },
  600_000,
)
