import type { OrderTrace, TestedOrder, TestedTrace } from '@vitrine/contracts/traces'
import { notFound } from '@vitrine/kernel/errors'
import type { Inbox } from '@vitrine/kernel/inbox'
import type { Outbox } from '@vitrine/kernel/outbox'
import type { AttemptRepository } from './attempt.repository.ts'
import type { OrderRepository } from './order.repository.ts'
import type { OrderRecord } from './order.ts'

export interface TraceDeps {
  orders: Pick<OrderRepository, 'find' | 'list'>
  attempts: Pick<AttemptRepository, 'listOfOrder'>
  outbox: Pick<Outbox, 'listOfOrder'>
  inbox: Pick<Inbox, 'listSeen'>
}

const LATEST = 10

const toTested = ({ id, number, status, paymentStatus, total, createdAt }: OrderRecord): TestedOrder => ({
  id,
  number,
  status,
  paymentStatus,
  total,
  createdAt: createdAt.toISOString(),
})

/** Everything recorded of one order, for the people who look into it. */
export function createTraceService({ orders, attempts, outbox, inbox }: TraceDeps) {
  async function requireOrder(id: string): Promise<OrderRecord> {
    const order = await orders.find(id)
    if (!order) throw notFound('order')
    return order
  }

  async function traceOf(order: OrderRecord): Promise<OrderTrace> {
    const { id, number, timeline, retries, retryAt } = order
    const causes = timeline.map(({ cause }) => cause).filter((cause) => cause.startsWith('evt_'))
    return {
      orderId: id,
      number,
      attempts: await attempts.listOfOrder(id),
      steps: timeline.map((step) => ({ ...step, at: step.at.toISOString() })),
      events: await outbox.listOfOrder(id),
      handled: await inbox.listSeen([...new Set(causes)]),
      ...(retries > 0 && retryAt ? { retry: { tries: retries, nextAt: retryAt.toISOString() } } : {}),
    }
  }

  return {
    trace: async (id: string): Promise<OrderTrace> => traceOf(await requireOrder(id)),
    async listTested(): Promise<{ items: TestedOrder[] }> {
      const { items } = await orders.list({ limit: LATEST })
      return { items: items.map(toTested) }
    },
    /** As `trace`, without what people wrote: whoever may open the tester's page is not staff. */
    async traceTested(id: string): Promise<TestedTrace> {
      const order = await requireOrder(id)
      const trace = await traceOf(order)
      const steps = trace.steps.map((step) => ({ ...step, data: 'code' in step.data ? { code: step.data.code } : {} }))
      return { order: toTested(order), trace: { ...trace, steps } }
    },
  }
}

export type TraceService = ReturnType<typeof createTraceService>
