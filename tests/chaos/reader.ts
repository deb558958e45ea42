import { Redis } from 'ioredis'
import { type Db, MongoClient } from 'mongodb'
import { state } from '../system/edge.client.ts'
import type { KeptCart } from './history.ts'
import type { IntentRow, OrderRow, Snapshot } from './snapshot.ts'

interface OrderDoc {
  _id: string
  email: string
  status: string
  paymentStatus: string
  lines: { sku: string; quantity: number; unitPrice: { amount: number }; total: { amount: number } }[]
  subtotal: { amount: number }
  discount: { amount: number }
  shipping: { amount: number }
  total: { amount: number; currency: string }
  paymentIntentId?: string
  refunds?: { key: string }[]
  timeline: { type: string; actor: string; cause: string }[]
}

const toOrder = (doc: OrderDoc): OrderRow => ({
  id: doc._id,
  email: doc.email,
  status: doc.status,
  paymentStatus: doc.paymentStatus,
  lines: doc.lines.map(({ sku, quantity, unitPrice, total }) => ({
    sku,
    quantity,
    unitPrice: unitPrice.amount,
    total: total.amount,
  })),
  subtotal: doc.subtotal.amount,
  discount: doc.discount.amount,
  shipping: doc.shipping.amount,
  total: doc.total.amount,
  currency: doc.total.currency,
  paymentIntentId: doc.paymentIntentId ?? null,
  refundKeys: (doc.refunds ?? []).map(({ key }) => key),
  timeline: doc.timeline,
})

/** Every object of a kind, page by page, straight from the sandbox. */
async function listAll<T extends { id: string }>(path: string): Promise<T[]> {
  const { stripe } = state()
  const all: T[] = []
  for (;;) {
    const last = all.at(-1)
    const query = new URLSearchParams({ limit: '100', ...(last ? { starting_after: last.id } : {}) })
    const headers = { authorization: `Bearer ${stripe?.secretKey}` }
    const reply = await fetch(`${stripe?.url}/v1/${path}?${query}`, { headers, signal: AbortSignal.timeout(10_000) })
    const { data, has_more }: { data: T[]; has_more: boolean } = await reply.json()
    all.push(...data)
    if (!has_more) return all
  }
}

interface StripeIntent {
  id: string
  status: string
  amount_received: number
  currency: string
  metadata: { orderId?: string }
}
interface StripeRefund {
  id: string
  payment_intent: string
  amount: number
  status: string
}

/** What shoppers were told, and what was seen meanwhile. */
export interface Told {
  acknowledged: Snapshot['acknowledged']
  carts: KeptCart[]
  impossibleSamples: string[]
  earlyReleases: string[]
}

const OPEN_PAYMENT = ['requires_payment_method', 'requires_confirmation', 'requires_action', 'requires_capture']
const LATELY_MS = 10_000

export interface Run {
  initial: Record<string, number>
  unitPrice: number
  /** What the e-mails of this run's shoppers begin with. */
  prefix: string
}

/** Reads the stores themselves: what a service says of itself proves nothing. */
export async function createReader({ initial, unitPrice, prefix }: Run) {
  const client = await new MongoClient(state().mongo, { serverSelectionTimeoutMS: 3000 }).connect()
  const database = (name: string): Db => client.db(name)
  const skus = Object.keys(initial)
  const mine = { $regex: `^${prefix}` }

  const stockRows = () =>
    database('catalog')
      .collection<{ _id: string; onHand: number; reserved: number; available: number; sold: number }>('stock')
      .find({ _id: { $in: skus } })
      .toArray()

  async function readOrders(): Promise<OrderRow[]> {
    const docs = await database('orders').collection<OrderDoc>('orders').find({ email: mine }).toArray()
    return docs.map(toOrder)
  }

  async function readCarts(carts: KeptCart[]): Promise<Snapshot['carts']> {
    const redis = new Redis(state().redis, { maxRetriesPerRequest: 2 })
    redis.on('error', () => undefined)
    try {
      const texts = carts.length > 0 ? await redis.mget(carts.map(({ cartId }) => `cart:${cartId}`)) : []
      return carts.map((cart, index) => {
        const { lines }: { lines: { sku: string; quantity: number }[] } = JSON.parse(texts[index] ?? '{"lines":[]}')
        return { ...cart, stored: lines.find(({ sku }) => sku === cart.sku)?.quantity ?? null }
      })
    } finally {
      redis.disconnect()
    }
  }

  async function readMoney(orders: OrderRow[]) {
    const ids = new Set(orders.map(({ id }) => id))
    const known = new Set(orders.flatMap(({ paymentIntentId }) => paymentIntentId ?? []))
    const found = await listAll<StripeIntent>('payment_intents')
    const own = found.filter(({ id, metadata }) => known.has(id) || ids.has(metadata.orderId ?? ''))
    const intents = own.map(
      ({ id, status, metadata, amount_received, currency }): IntentRow => ({
        id,
        status,
        orderId: metadata.orderId ?? null,
        received: amount_received,
        currency,
      }),
    )
    const ownIds = new Set(intents.map(({ id }) => id))
    const refunds = (await listAll<StripeRefund>('refunds'))
      .filter(({ payment_intent }) => ownIds.has(payment_intent))
      .map(({ id, payment_intent, amount, status }) => ({ id, intentId: payment_intent, amount, status }))
    return { intents, refunds }
  }

  return {
    stockRows,
    readOrders,
    /** Orders whose stock came back lately although their payment is open: the first is read first, so it is no race. */
    async releasedWhilePayable(): Promise<string[]> {
      const lately = { status: 'released', updatedAt: { $gt: new Date(Date.now() - LATELY_MS) } }
      const released = await database('catalog')
        .collection<{ _id: string }>('reservations')
        .find({ ...lately, 'lines.sku': { $in: skus } }, { projection: { _id: 1 } })
        .toArray()
      const open = { _id: { $in: released.map(({ _id }) => _id) }, intentId: { $type: 'string' } }
      const payable = await database('payment')
        .collection<{ _id: string; intentId: string; status: string }>('payments')
        .find({ ...open, status: { $in: OPEN_PAYMENT } } as object, { projection: { _id: 1 } })
        .toArray()
      return payable.map(({ _id }) => _id)
    },
    async snapshot({ acknowledged, carts, impossibleSamples, earlyReleases }: Told): Promise<Snapshot> {
      const orders = await readOrders()
      const reservations = await database('catalog')
        .collection<{ _id: string; status: string; lines: { sku: string; quantity: number }[]; expiresAt: Date }>(
          'reservations',
        )
        .find({ 'lines.sku': { $in: skus } })
        .toArray()
      const mails = await database('notifications')
        .collection<{ to: string; template: string; cause: string }>('messages')
        .find({ to: mine })
        .toArray()
      return {
        now: Date.now(),
        initial,
        unitPrice,
        stock: (await stockRows()).map(({ _id, onHand, reserved, available, sold }) => ({
          sku: _id,
          onHand,
          reserved,
          available,
          sold,
        })),
        reservations: reservations.map(({ _id, status, lines, expiresAt }) => ({
          orderId: _id,
          status,
          lines,
          expiresAt: expiresAt.getTime(),
        })),
        orders,
        ...(await readMoney(orders)),
        mails: mails.map(({ to, template, cause }) => ({ to, template, cause })),
        acknowledged,
        carts: await readCarts(carts),
        impossibleSamples,
        earlyReleases,
      }
    },
    close: () => client.close(),
  }
}
export type Reader = Awaited<ReturnType<typeof createReader>>
