import type { EventHandlers } from '@vitrine/kernel/consumer'
import { AppError } from '@vitrine/kernel/errors'
import type { Log } from '@vitrine/kernel/log'
import { onPaymentFailed, onPaymentSucceeded } from './moves.rules.ts'
import type { OrderChange } from './order.change.ts'
import type { OrderRepository, Session } from './order.repository.ts'
import type { OrderRecord } from './order.ts'
import { onPaymentRefunded, onRefundFailed } from './refund.moves.rules.ts'

/** What happens to an order when the payment service says something of its money. */
export function createEventHandlers(orders: Pick<OrderRepository, 'modify'>, log: Log): EventHandlers {
  async function apply(
    event: { id: string; data: { orderId: string } },
    decide: (order: OrderRecord) => OrderChange | null,
    session: Session,
  ): Promise<void> {
    try {
      await orders.modify(event.data.orderId, { actor: 'system', cause: event.id }, decide, session)
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'not_found')) throw error
      log.error({ event: event.id, orderId: event.data.orderId }, 'money for an order that does not exist')
    }
  }

  return {
    'payment.succeeded': (event, session) =>
      apply(
        event,
        (order) => onPaymentSucceeded(order, event.data.amount, event.data.intentId, new Date(event.occurredAt)),
        session,
      ),
    'payment.failed': (event, session) => apply(event, (order) => onPaymentFailed(order, event.data.code), session),
    'payment.refunded': (event, session) => apply(event, (order) => onPaymentRefunded(order, event.data), session),
    'payment.refund_failed': (event, session) => apply(event, (order) => onRefundFailed(order, event.data), session),
  }
}
