import type { OrderTrace } from '@vitrine/contracts/traces'
import { notFound } from '@vitrine/kernel/errors'
import type { Inbox } from '@vitrine/kernel/inbox'
import type { Outbox } from '@vitrine/kernel/outbox'
import type { AttemptRepository } from './attempt.repository.ts'
import type { OrderRepository } from './order.repository.ts'

export interface TraceDeps {
  orders: Pick<OrderRepository, 'find'>
  attempts: Pick<AttemptRepository, 'listOfOrder'>
  outbox: Pick<Outbox, 'listOfOrder'>
  inbox: Pick<Inbox, 'listSeen'>
}

/** Everything recorded of one order, for the people who look into it. */
export function createTraceService({ orders, attempts, outbox, inbox }: TraceDeps) {
  return {
    async trace(id: string): Promise<OrderTrace> {
      const order = await orders.find(id)
      if (!order) throw notFound('order')
      const causes = order.timeline.map(({ cause }) => cause).filter((cause) => cause.startsWith('evt_'))
      const { retries, retryAt } = order
      return {
        orderId: id,
        number: order.number,
        attempts: await attempts.listOfOrder(id),
        steps: order.timeline.map((step) => ({ ...step, at: step.at.toISOString() })),
        events: await outbox.listOfOrder(id),
        handled: await inbox.listSeen([...new Set(causes)]),
        ...(retries > 0 && retryAt ? { retry: { tries: retries, nextAt: retryAt.toISOString() } } : {}),
      }
    },
  }
}

export type TraceService = ReturnType<typeof createTraceService>
