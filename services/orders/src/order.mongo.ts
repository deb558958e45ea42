import type { Clock } from '@vitrine/kernel/clock'
import { conflict, notFound } from '@vitrine/kernel/errors'
import { isDuplicateKey, pingMongo, withTransaction } from '@vitrine/kernel/mongo'
import type { Outbox } from '@vitrine/kernel/outbox'
import { keepStaffAct } from '@vitrine/kernel/staff-act'
import { type Connection, type Model, mongo } from 'mongoose'
import { requireMove } from './moves.rules.ts'
import type { OrderChange, Outgoing } from './order.change.ts'
import { countPromotionUse, cursorAfter, toFilter } from './order.query.mongo.ts'
import { toRecord } from './order.record.mongo.ts'
import type { Due, OrderRepository, Session } from './order.repository.ts'
import { type OrderDoc, orderSchema } from './order.schema.mongo.ts'
import { readStats } from './order.stats.mongo.ts'
import type { Cause, OrderRecord } from './order.ts'
import { OPEN_STATUSES } from './states.rules.ts'

const holdsCart = (order: Pick<OrderRecord, 'status' | 'paymentStatus'>) =>
  OPEN_STATUSES.includes(order.status) && order.paymentStatus === 'unpaid'

const DUE: Record<Due, (now: Date) => Record<string, unknown>> = {
  expiry: (now) => ({ status: 'pending', expiresAt: { $lte: now } }),
  settlement: () => ({ status: { $in: ['expiring', 'cancelling'] } }),
  refunds: () => ({ 'refunds.status': 'pending' }),
}

const TRIES = 8

/** Orders in MongoDB: every change is a compare-and-set on the version, in one transaction with its events. */
export function mongoOrderRepository(connection: Connection, outbox: Outbox, clock: Clock): OrderRepository {
  const orders: Model<OrderDoc> = connection.model<OrderDoc>('Order', orderSchema)
  /** Past Mongoose, for what every checkout does: there is nothing to cast. */
  const rows = connection.collection<OrderDoc>('orders')

  async function tell(events: Outgoing[], cause: string, session: Session): Promise<void> {
    for (const { type, data } of events) await outbox.add(session, type, data, cause)
  }

  async function find(filter: mongo.Filter<OrderDoc>, session?: Session): Promise<OrderRecord | null> {
    const doc = await rows.findOne(filter, session ? { session } : {})
    return doc && toRecord(doc)
  }

  async function read(id: string, session?: Session): Promise<OrderRecord> {
    const order = await find({ _id: id }, session)
    if (!order) throw notFound('order')
    return order
  }

  /** Saves the change with its events if the order is still what it was decided on; null when it is not. */
  async function save(order: OrderRecord, change: OrderChange, cause: Cause, session: Session | null) {
    if (change.set.status) requireMove(order, change.set.status)
    const at = clock.now()
    const next = { ...order, ...change.set }
    const { id: _id, ...fields } = change.set
    const entry = { at, type: change.type, actor: cause.actor, cause: cause.cause, data: change.data ?? {} }
    const saved = await rows.findOneAndUpdate(
      { _id: order.id, version: order.version },
      {
        $set: {
          ...fields,
          updatedAt: at,
          retries: 0,
          retryAt: null,
          ...(holdsCart(next) ? { openCartId: order.cartId } : {}),
        },
        ...(holdsCart(next) ? {} : { $unset: { openCartId: 1 } }),
        $inc: { version: 1 },
        $push: { timeline: entry },
      },
      { ...(session ? { session } : {}), returnDocument: 'after', ignoreUndefined: true },
    )
    if (saved && session) await tellOf(order, change, cause, session)
    return saved && toRecord(saved)
  }

  async function tellOf(order: OrderRecord, change: OrderChange, cause: Cause, session: Session): Promise<void> {
    await tell(change.events ?? [], cause.cause, session)
    const { id: _id, ...fields } = change.set
    const changed = Object.keys(fields)
    await keepStaffAct(outbox, session, cause.hand, {
      action: `order.${change.type}`,
      target: order.id,
      before: Object.fromEntries(Object.entries(order).filter(([name]) => changed.includes(name))),
      after: { ...fields, ...change.data },
    })
  }

  /** A change nobody is told of is one document: it needs no transaction. */
  function saveWhole(order: OrderRecord, change: OrderChange, cause: Cause, given: Session | undefined) {
    if (given) return save(order, change, cause, given)
    const isTold = Boolean(change.events?.length || cause.hand)
    if (!isTold) return save(order, change, cause, null)
    return withTransaction(connection, (session) => save(order, change, cause, session))
  }

  return {
    async place(order, events, before) {
      const { id, ...rest } = order
      try {
        await withTransaction(connection, async (session) => {
          await before?.(session)
          const doc = { ...rest, _id: id, ...(holdsCart(order) ? { openCartId: order.cartId } : {}) }
          await rows.insertOne(doc, { session, ignoreUndefined: true })
          await tell(events, order.timeline[0]?.cause ?? order.id, session)
        })
        return 'placed'
      } catch (error) {
        if (!isDuplicateKey(error) || !(error instanceof mongo.MongoServerError)) throw error
        const key = Object.keys(error.keyPattern ?? {})[0]
        if (key === '_id') return 'same_order'
        return key === 'number' ? 'number_taken' : 'cart_has_order'
      }
    },
    find: (id) => find({ _id: id }),
    findByNumber: (number) => find({ number }),
    // Named as the partial index names it, without which MongoDB would not use that.
    findOpenByCart: (cartId) => find({ openCartId: { $eq: cartId, $type: 'string' } }),
    async modify(wanted, cause, decide, given) {
      const id = typeof wanted === 'string' ? wanted : wanted.id
      let known = typeof wanted === 'string' ? null : wanted
      for (let number = 0; number < TRIES; number++) {
        const order = known ?? (await read(id, given))
        const change = decide(order)
        // What the caller knew may be old: only what was read here can say that there is nothing to do.
        if (!change && !known) return order
        known = null
        const saved = change && (await saveWhole(order, change, cause, given))
        if (saved) return saved
        if (given) break
      }
      throw conflict('version_conflict', 'The order is being changed by somebody else. Try again.')
    },
    addNote: (id, note, hand) =>
      withTransaction(connection, async (session) => {
        const doc = await orders
          .findByIdAndUpdate(id, { $push: { notes: note }, $inc: { version: 1 } }, { session, returnDocument: 'after' })
          .lean<OrderDoc>()
        if (!doc) throw notFound('order')
        const act = { action: 'order.noted', target: id, before: null, after: { text: note.text } }
        await keepStaffAct(outbox, session, hand, act)
        return toRecord(doc)
      }),
    async list(filter) {
      const { base, paged } = toFilter(filter)
      const [docs, total] = await Promise.all([
        orders
          .find(paged)
          .sort({ createdAt: -1, _id: -1 })
          .limit(filter.limit + 1)
          .lean<OrderDoc[]>(),
        orders.countDocuments(base),
      ])
      const items = docs.slice(0, filter.limit).map(toRecord)
      return { items, total, nextCursor: docs.length > filter.limit ? cursorAfter(items.at(-1)) : null }
    },
    async listDue(kind, now) {
      // A filter by null finds orders written before there were rests, too.
      const isAwake = { $or: [{ retryAt: null }, { retryAt: { $lte: now } }] }
      const docs = await orders
        .find({ $and: [DUE[kind](now), isAwake] })
        .sort({ updatedAt: 1 })
        .limit(100)
        .lean<OrderDoc[]>()
      return docs.map(toRecord)
    },
    async postpone(id, until) {
      await orders.updateOne({ _id: id }, { $inc: { retries: 1 }, $set: { retryAt: until } })
    },
    countPromotionUse: (code, who, session) => countPromotionUse(orders, code, who, session),
    stats: (from, to) => readStats(orders, from, to),
    ping: () => pingMongo(connection),
  }
}
