import { expect, test } from 'bun:test'
import { armFailpoint } from '../chaos/nemesis.ts'
import { FAILPOINTS } from '../chaos/plan.rules.ts'
import { orderOf } from '../system/buyer.ts'
import { call, tokenOf, until } from '../system/edge.client.ts'
import { type Bought, persist, persistentBuyer, succeededIntents } from '../system/persistent.buyer.ts'
import { productWithStock, stockOf } from '../system/stock.ts'

const mailsTo = async (email: string) => {
  const path = `/api/notifications/messages?to=${encodeURIComponent(email)}`
  return (await call(path, { token: await tokenOf('support') })).data?.items as { template: string }[] | undefined
}

async function refundHalf({ orderId }: Bought, key: string): Promise<void> {
  const options = {
    method: 'POST',
    token: await tokenOf('admin'),
    headers: { 'idempotency-key': key },
    body: { amount: { amount: 500, currency: 'EUR' }, restock: false, reason: 'A scratch' },
  }
  await persist('a refund', () => call(`/api/orders/${orderId}/refunds`, options))
}

async function cancelUnpaid(sku: string, email: string): Promise<void> {
  const order = await persistentBuyer(sku, email, { isPaying: false })
  const headers = { 'x-order-token': order.accessToken }
  const options = { method: 'POST', headers, body: { reason: 'Changed my mind' } }
  await persist('a cancel', () => call(`/api/orders/${order.orderId}/cancel`, options))
  await until('it is cancelled', async () => (await orderOf(order)).data?.status === 'cancelled', 60)
}

test.each([...FAILPOINTS])(
  'a process that ends at %s leaves one order, one payment, one sale and one mail',
  async (point) => {
    const { sku } = await productWithStock(3)
    const email = `${point.replace('/', '-')}@vitrine.test`
    const { ended } = await armFailpoint(point)
    if (point === 'orders/intent-cancelled') await cancelUnpaid(sku, `unpaid-${email}`)
    const order = await persistentBuyer(sku, email)
    await until('the order is confirmed', async () => (await orderOf(order)).data?.status === 'confirmed', 90)
    if (point === 'payments/refund-made') await refundHalf(order, point)
    expect(await ended()).toBe(true)
    const intents = (await succeededIntents()).filter(({ metadata }) => metadata.orderId === order.orderId)
    expect(intents.map(({ amount_received }) => amount_received)).toEqual([order.amount])
    await until('the stock is sold once', async () => {
      const stock = await stockOf(sku).catch(() => null)
      return stock?.onHand === 2 && stock.reserved === 0
    })
    await until('the mail is stored', async () => Boolean((await mailsTo(email))?.length), 60)
    const confirmations = (await mailsTo(email))?.filter(({ template }) => template === 'order-confirmed')
    expect(confirmations).toHaveLength(1)
  },
  180_000,
)
