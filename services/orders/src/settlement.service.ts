import type { Clock } from '@vitrine/kernel/clock'
import { AppError, conflict } from '@vitrine/kernel/errors'
import type { Log } from '@vitrine/kernel/log'
import { isBroken, reach } from '@vitrine/kernel/test.switches'
import {
  beginCancel,
  beginExpiry,
  type CancelReason,
  expire,
  finishCancel,
  giveUpCancel,
  onSucceededWithoutEvent,
} from './moves.rules.ts'
import { isOutcomeUnknown, type Neighbours } from './neighbours.ts'
import type { OrderRepository } from './order.repository.ts'
import type { Cause, OrderRecord } from './order.ts'
import { committedRefunds, settleRefund } from './refund.moves.rules.ts'
import { NEEDS_ATTENTION, restMs } from './retry.rules.ts'

export interface SettlementDeps {
  orders: OrderRepository
  neighbours: Pick<Neighbours, 'cancelIntent' | 'release' | 'refund'>
  clock: Clock
  log: Log
}

/**
 * Ends orders: the intent is cancelled (or the money refunded) before anything else, and while the outcome of that
 * is unknown the order stays where it is and keeps its stock. Every step may be repeated.
 */
export function createSettlementService({ orders, neighbours, clock, log }: SettlementDeps) {
  async function releaseStock(order: OrderRecord): Promise<void> {
    try {
      await neighbours.release(order.id, order.id)
    } catch (error) {
      // The event of the same change makes the catalog release it too; this call is only the faster way.
      log.warn({ err: error, orderId: order.id }, 'stock will be released by the event')
    }
  }

  async function endUnpaid(order: OrderRecord, cause: Cause): Promise<OrderRecord> {
    if (isBroken('release-before-cancel')) await releaseStock(order)
    const { outcome } = order.isIntentAsked
      ? await neighbours.cancelIntent(order.id, order.id)
      : { outcome: 'absent' as const }
    reach('intent-cancelled')
    // The money has moved: its event confirms the order.
    if (outcome === 'succeeded')
      return orders.modify(order.id, cause, (now) => onSucceededWithoutEvent(now, clock.now()))
    const ended = await orders.modify(order.id, cause, (now) => {
      if (now.status === 'expiring') return expire(now)
      return now.status === 'cancelling' && now.paymentStatus === 'unpaid' ? finishCancel(now) : null
    })
    if (ended.status === 'expired' || ended.status === 'cancelled') await releaseStock(ended)
    return ended
  }

  async function carryOutRefund(order: OrderRecord, key: string, cause: Cause): Promise<OrderRecord> {
    const refund = order.refunds.find((candidate) => candidate.key === key)
    if (refund?.status !== 'pending') return order
    const status = await askRefund(order.id, refund)
    return status === 'pending' ? order : orders.modify(order.id, cause, (now) => settleRefund(now, key, status))
  }

  async function askRefund(orderId: string, { key, amount, reason }: OrderRecord['refunds'][number]) {
    try {
      const { status } = await neighbours.refund({ orderId, key, amount, reason: reason.slice(0, 500) }, orderId)
      return status
    } catch (error) {
      if (isOutcomeUnknown(error)) throw error
      log.error({ err: error, orderId, key }, 'refund refused')
      return 'failed' as const
    }
  }

  async function endPaid(order: OrderRecord, cause: Cause): Promise<OrderRecord> {
    let current = order
    for (const { key } of order.refunds) current = await carryOutRefund(current, key, cause)
    if (current.refunds.some((refund) => refund.status === 'pending')) return current
    const isRefunded = committedRefunds(current) >= current.total.amount
    const ended = await orders.modify(order.id, cause, (now) => {
      if (now.status !== 'cancelling') return null
      return isRefunded ? finishCancel(now) : giveUpCancel(now)
    })
    return ended
  }

  /** Takes an order that is expiring or cancelling to its end, as far as that is possible now. */
  async function settle(order: OrderRecord, cause: Cause): Promise<OrderRecord> {
    if (order.status !== 'expiring' && order.status !== 'cancelling') return order
    return order.paymentStatus === 'unpaid' ? endUnpaid(order, cause) : endPaid(order, cause)
  }

  async function cancel(id: string, reason: CancelReason, cause: Cause, now: Date): Promise<OrderRecord> {
    const begun = await orders.modify(id, cause, (order) => beginCancel(order, reason, now))
    if (begun.status === 'cancelled') {
      await releaseStock(begun)
      return begun
    }
    return settle(begun, cause)
  }

  const paidMeanwhile = (order: OrderRecord) =>
    conflict('conflict', 'The earlier order of this basket has been paid.', { orderId: order.id, number: order.number })

  return {
    settle,
    cancel,
    carryOutRefund,
    /** Ends the open order of a cart to make room for a new one. Throws when that order was paid or cannot be ended now. */
    async supersede(order: OrderRecord, cause: Cause, now: Date): Promise<void> {
      const ended =
        order.status === 'pending'
          ? await cancel(order.id, { reason: 'Replaced by a new checkout', isAutomatic: true }, cause, now)
          : await settle(order, cause)
      if (ended.status !== 'cancelled' && ended.status !== 'expired') throw paidMeanwhile(ended)
    },
    async expireDue(now: Date): Promise<void> {
      const cause = { actor: 'system', cause: 'expiry' }
      for (const due of await orders.listDue('expiry', now)) {
        await guarded(due, async () => {
          const begun = await orders.modify(due.id, cause, (order) =>
            order.status === 'pending' ? beginExpiry(order) : null,
          )
          await settle(begun, cause)
        })
      }
    },
    async resumeUnsettled(now: Date): Promise<void> {
      const cause = { actor: 'system', cause: 'resume' }
      for (const order of await orders.listDue('settlement', now)) await guarded(order, () => settle(order, cause))
      for (const order of await orders.listDue('refunds', now)) {
        await guarded(order, async () => {
          let current = order
          for (const { key } of order.refunds) current = await carryOutRefund(current, key, cause)
        })
      }
    },
  }

  async function guarded(order: OrderRecord, work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
    } catch (error) {
      const failures = order.retries + 1
      await orders.postpone(order.id, new Date(clock.now().getTime() + restMs(failures)))
      const reason = error instanceof AppError ? error.code : error
      const facts = { err: reason, orderId: order.id, failures }
      if (failures < NEEDS_ATTENTION) log.warn(facts, 'order is tried again later')
      else log.error(facts, 'order cannot be settled; somebody should look into it')
    }
  }
}

export type SettlementService = ReturnType<typeof createSettlementService>
