import type { Identity } from '@vitrine/contracts/identity'
import type { Order, OrderStats, OrdersQuery, RefundRequest, ShipInput } from '@vitrine/contracts/orders'
import type { PaymentHandle } from '@vitrine/contracts/payment-intents'
import { AppError, conflict, notFound } from '@vitrine/kernel/errors'
import { hashToken } from '@vitrine/kernel/ids'
import type { StaffHand } from '@vitrine/kernel/staff-act'
import * as moves from './moves.rules.ts'
import type { Neighbours } from './neighbours.ts'
import type { AccessRepository, OrderRepository } from './order.repository.ts'
import type { Cause, OrderRecord } from './order.ts'
import { toOrder, toSummary } from './order.view.ts'
import { requestRefund } from './refund.moves.rules.ts'
import { planRefund } from './refund.rules.ts'
import type { SettlementService } from './settlement.service.ts'

/** Who asks: a signed-in person, the holder of a guest's token, or nobody. */
export interface Viewer {
  identity: Identity | null
  /** Tokens by order are the browser's cookies; the header is for any order. */
  token: string | null
  requestId: string
  hand?: StaffHand | null
}

export interface OrderServiceDeps {
  orders: OrderRepository
  access: AccessRepository
  settlement: SettlementService
  neighbours: Pick<Neighbours, 'findIntent'>
  issueToken: (orderId: string, now: Date) => Promise<string>
}

const LOOKUPS_PER_HOUR = 10
const isStaff = ({ identity }: Viewer) => identity?.permissions.includes('orders:read') ?? false
const isManager = ({ identity }: Viewer) => identity?.permissions.includes('orders:write') ?? false
const causeOf = ({ identity, requestId, hand = null }: Viewer): Cause => ({
  actor: identity?.userId ?? 'guest',
  cause: requestId,
  hand,
})

export function createOrderService({ orders, access, settlement, neighbours, issueToken }: OrderServiceDeps) {
  async function isBuyer(order: OrderRecord, { identity, token }: Viewer, now: Date): Promise<boolean> {
    if (identity && order.customerId === identity.userId) return true
    return token !== null && access.opens(hashToken(token), order.id, now)
  }

  /** Somebody else's order does not exist. */
  async function getVisible(id: string, viewer: Viewer, now: Date): Promise<OrderRecord> {
    const order = await orders.find(id)
    if (order && (isStaff(viewer) || (await isBuyer(order, viewer, now)))) return order
    throw notFound('order')
  }

  const view = (order: OrderRecord, viewer: Viewer): Order => toOrder(order, { isStaff: isStaff(viewer) })

  async function changed(id: string, viewer: Viewer, decide: Parameters<OrderRepository['modify']>[2]): Promise<Order> {
    return view(await orders.modify(id, causeOf(viewer), decide), viewer)
  }

  return {
    async get(id: string, viewer: Viewer, now: Date): Promise<Order> {
      return view(await getVisible(id, viewer, now), viewer)
    },

    async list({ scope, customer, ...filter }: OrdersQuery, identity: Identity | null) {
      if (!identity) throw new AppError('unauthenticated', 'Sign in first.')
      if (scope === 'all' && !identity.permissions.includes('orders:read')) {
        throw new AppError('forbidden', 'This needs the permission orders:read.', { permission: 'orders:read' })
      }
      const customerId = scope === 'all' ? customer : identity.userId
      const { items, nextCursor, total } = await orders.list({ ...filter, customerId })
      return { items: items.map(toSummary), nextCursor, total }
    },

    async payment(id: string, viewer: Viewer, now: Date): Promise<PaymentHandle> {
      const order = await orders.find(id)
      if (!order || !(await isBuyer(order, viewer, now))) throw notFound('order')
      if (order.status !== 'pending') {
        throw conflict('illegal_transition', 'This order no longer waits for a payment.', { status: order.status })
      }
      return neighbours.findIntent(id, viewer.requestId)
    },

    async lookup(number: string, email: string, now: Date) {
      const tries = await access.countLookup(number, now)
      if (tries > LOOKUPS_PER_HOUR) {
        const retryAfterSeconds = 3600 - (Math.floor(now.getTime() / 1000) % 3600)
        throw new AppError('rate_limited', 'Too many tries for this number. Wait a little.', undefined, {
          retryAfterSeconds,
        })
      }
      const order = await orders.findByNumber(number)
      if (order?.email !== email) throw notFound('order')
      return { order: toOrder(order), accessToken: await issueToken(order.id, now) }
    },

    async cancel(id: string, reason: string, viewer: Viewer, now: Date): Promise<Order> {
      const order = await orders.find(id)
      if (!order || !(isManager(viewer) || (await isBuyer(order, viewer, now)))) throw notFound('order')
      const ended = await settlement.cancel(id, { reason, isAutomatic: false }, causeOf(viewer), now)
      return view(ended, viewer)
    },

    ship: (id: string, input: ShipInput, viewer: Viewer, now: Date) =>
      changed(id, viewer, (order) => moves.ship(order, input, now)),

    deliver: (id: string, viewer: Viewer) => changed(id, viewer, moves.deliver),

    async note(id: string, text: string, viewer: Viewer, now: Date): Promise<Order> {
      return view(await orders.addNote(id, { at: now, actor: causeOf(viewer).actor, text }, viewer.hand), viewer)
    },

    /** Once per key: a repeat goes on with the same refund, another body under the same key is refused. */
    async refund(id: string, key: string, input: RefundRequest, viewer: Viewer, now: Date): Promise<Order> {
      const refundKey = `refund:${id}:${hashToken(key).slice(0, 32)}`
      const bodyHash = hashToken(JSON.stringify(input))
      const requested = await orders.modify(id, causeOf(viewer), (order) => {
        const known = order.refunds.find((refund) => refund.key === refundKey)
        if (known && known.bodyHash !== bodyHash) {
          throw conflict('idempotency_mismatch', 'This Idempotency-Key was used with another body. Use a new key.')
        }
        if (known) return null
        const plan = planRefund(order, input)
        const { reason, restock } = input
        return requestRefund(order, {
          ...plan,
          id: refundKey.slice(-16),
          key: refundKey,
          bodyHash,
          reason,
          restock,
          status: 'pending',
          at: now,
        })
      })
      return view(await settlement.carryOutRefund(requested, refundKey, causeOf(viewer)), viewer)
    },

    stats: (from: Date, to: Date): Promise<OrderStats> => orders.stats(from, to),
  }
}

export type OrderService = ReturnType<typeof createOrderService>
