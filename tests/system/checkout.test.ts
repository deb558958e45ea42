import { expect, test } from 'bun:test'
import { MongoClient } from 'mongodb'
import { cartWith, checkout, checkoutBody, orderOf, pay, place } from './buyer.ts'
import { call, state, tokenOf, until } from './edge.client.ts'
import { persist } from './persistent.buyer.ts'
import { productWithStock, stockOf } from './stock.ts'

const confirmed = (placed: { orderId: string; accessToken: string }) =>
  until('the order is confirmed', async () => {
    const { data } = await orderOf(placed)
    return data?.status === 'confirmed' ? data : null
  })

test('a paid order is confirmed, its stock sold and its confirmation mail stored once', async () => {
  const { sku } = await productWithStock(5)
  const email = `buyer-${sku.toLowerCase()}@vitrine.test`
  const placed = await place([{ sku, quantity: 2 }], email)
  expect((await stockOf(sku)).reserved).toBe(2)
  expect((await pay(placed.intentId)).status).toBe(200)
  const order = await confirmed(placed)
  expect(order.paymentStatus).toBe('paid')
  expect(order.total).toEqual(placed.total)
  await until('the stock is sold', async () => (await stockOf(sku)).reserved === 0)
  expect((await stockOf(sku)).onHand).toBe(3)
  const token = await tokenOf('support')
  const mails = await until('the mail is stored', async () => {
    const { data } = await call(`/api/notifications/messages?to=${encodeURIComponent(email)}`, { token })
    return data.items.length > 0 ? data.items : null
  })
  expect(mails).toHaveLength(1)
})

test('a declined card leaves the order payable on the same intent', async () => {
  const { sku } = await productWithStock(2)
  const placed = await place([{ sku, quantity: 1 }], 'declined@vitrine.test')
  const declined = await pay(placed.intentId, 'pm_card_visa_chargeDeclined')
  expect(declined.status).toBe(402)
  expect((await orderOf(placed)).data.status).toBe('pending')
  expect((await pay(placed.intentId)).status).toBe(200)
  await confirmed(placed)
})

test('60 buyers for 20 pieces: exactly 20 confirmed, the others cleanly out of stock', async () => {
  const { sku } = await productWithStock(20)
  const attempts = await Promise.all(
    Array.from({ length: 60 }, async (_, index) => {
      try {
        const cartId = await cartWith([{ sku, quantity: 1 }])
        const key = crypto.randomUUID()
        // A hold that cannot be had within two seconds is asked for again with the same key.
        const reply = await persist('an order', () => checkout(cartId, `race-${index}@vitrine.test`, key))
        return reply.status === 201 ? { placed: reply.data } : { code: reply.error.code }
      } catch (error) {
        // Adding to the cart may already be refused once the last piece is held.
        const refused = error as { reply?: { error: { code: string } } }
        return { code: refused.reply?.error.code ?? String(error) }
      }
    }),
  )
  const placed = attempts.flatMap((attempt) => (attempt.placed ? [attempt.placed] : []))
  expect(placed).toHaveLength(20)
  expect(new Set(attempts.flatMap((attempt) => attempt.code ?? []))).toEqual(new Set(['out_of_stock']))
  await Promise.all(placed.map((one) => pay(one.payment.intentId)))
  await Promise.all(placed.map((one) => confirmed({ orderId: one.order.id, accessToken: one.accessToken })))
  await until('all are sold', async () => (await stockOf(sku)).reserved === 0)
  expect(await stockOf(sku)).toMatchObject({ onHand: 0, reserved: 0, available: 0 })
  const { data } = await call(`/api/catalog/inventory/${sku}/movements?limit=100`, { token: await tokenOf('admin') })
  const sum = data.items.reduce(
    (total: number, one: { type: string; quantity: number }) =>
      total + (one.type === 'OUT' ? -one.quantity : one.quantity),
    0,
  )
  expect(sum).toBe(0)
}, 90_000)

test('the same key and body give the same order, another body is a mismatch, no key is refused', async () => {
  const { sku } = await productWithStock(5)
  const cartId = await cartWith([{ sku, quantity: 1 }])
  const headers = { 'x-cart-id': cartId }
  const quote = await call('/api/orders/quote', { method: 'POST', headers, body: checkoutBody('same@vitrine.test') })
  const body = checkoutBody('same@vitrine.test', quote.data.total)
  const key = crypto.randomUUID()
  const send = (sent: unknown) =>
    call('/api/orders/checkout', { method: 'POST', headers: { ...headers, 'idempotency-key': key }, body: sent })
  const first = await send(body)
  const second = await send(body)
  expect([first.status, second.status]).toEqual([201, 201])
  expect(JSON.parse(second.text)).toEqual(JSON.parse(first.text))
  const other = await send({ ...body, email: 'other@vitrine.test' })
  expect([other.status, other.error.code]).toEqual([409, 'idempotency_mismatch'])
  expect((await call('/api/orders/checkout', { method: 'POST', headers, body })).status).toBe(400)
  expect((await stockOf(sku)).reserved).toBe(1)
})

test('a price that rose between the cart and the checkout is refused with the new one, and no payment is begun', async () => {
  const { id, sku } = await productWithStock(5)
  const cartId = await cartWith([{ sku, quantity: 1 }])
  const headers = { 'x-cart-id': cartId }
  const body = checkoutBody('price@vitrine.test')
  const seen = (await call('/api/orders/quote', { method: 'POST', headers, body })).data.total
  const { version } = (await call(`/api/catalog/products/${id}`)).data
  await call(`/api/catalog/products/${id}/variants/${sku}`, {
    method: 'PATCH',
    token: await tokenOf('admin'),
    body: { price: { amount: 1700, currency: 'EUR' }, version },
  })
  const reply = await call('/api/orders/checkout', {
    method: 'POST',
    headers: { ...headers, 'idempotency-key': crypto.randomUUID() },
    body: checkoutBody('price@vitrine.test', seen),
  })
  expect([reply.status, reply.error.code]).toEqual([409, 'price_changed'])
  expect(reply.error.details?.total).toEqual({ amount: seen.amount + 200, currency: 'EUR' })
  expect((await stockOf(sku)).reserved).toBe(0)
  const path = `/api/orders?scope=all&q=${encodeURIComponent('price@vitrine.test')}`
  expect((await call(path, { token: await tokenOf('admin') })).data.items).toEqual([])
})

test('a stranger does not see the order, nor does a wrong token', async () => {
  const { sku } = await productWithStock(1)
  const placed = await place([{ sku, quantity: 1 }], 'mine@vitrine.test')
  expect((await call(`/api/orders/${placed.orderId}`)).status).toBe(404)
  expect((await orderOf({ orderId: placed.orderId, accessToken: 'wrong' })).status).toBe(404)
  expect((await call(`/api/orders/${placed.orderId}`, { token: await tokenOf('shopper') })).status).toBe(404)
})

test('cancelling a pending order cancels the intent and gives the stock back', async () => {
  const { sku } = await productWithStock(1)
  const placed = await place([{ sku, quantity: 1 }], 'cancel@vitrine.test')
  const headers = { 'x-order-token': placed.accessToken }
  const cancelled = await call(`/api/orders/${placed.orderId}/cancel`, { method: 'POST', headers, body: {} })
  expect(cancelled.status).toBe(200)
  await until('the stock is back', async () => (await stockOf(sku)).available === 1)
  expect((await pay(placed.intentId)).status).toBe(400)
})

/** The reconciler gives webhooks half a minute: makes a payment old enough for it. */
async function older(orderId: string): Promise<void> {
  const client = await new MongoClient(state().mongo).connect()
  const minuteAgo = new Date(Date.now() - 60_000)
  const payments = client.db('payment').collection<{ _id: string }>('payments')
  const { matchedCount } = await payments.updateOne(
    { _id: orderId },
    { $set: { createdAt: minuteAgo, checkedAt: minuteAgo } },
  )
  await client.close()
  expect(matchedCount).toBe(1)
}

test('with every webhook dropped an order still confirms', async () => {
  const control = (drop: boolean) =>
    fetch(`${state().stripe?.url}/_control/webhooks`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ drop }),
    })
  const { sku } = await productWithStock(1)
  await control(true)
  try {
    const placed = await place([{ sku, quantity: 1 }], 'dropped@vitrine.test')
    await pay(placed.intentId)
    await older(placed.orderId)
    await until('the reconciler confirms', async () => (await orderOf(placed)).data?.status === 'confirmed', 90)
  } finally {
    await control(false)
  }
}, 120_000)

test('a webhook with a wrong signature is refused', async () => {
  const reply = await call('/api/payments/webhooks/stripe', {
    method: 'POST',
    headers: { 'stripe-signature': 't=1,v1=00' },
    body: { id: 'evt_forged', type: 'payment_intent.succeeded' },
  })
  expect(reply.status).toBe(400)
})
