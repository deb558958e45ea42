import type { Clock } from '@vitrine/kernel/clock'
import type { Log } from '@vitrine/kernel/log'
import type { BreakRepository } from './break.repository.ts'
import type { IntentFacts, PaymentGateway } from './gateway.ts'
import type { PaymentRepository } from './payment.repository.ts'
import type { Payment } from './payment.ts'
import type { SettlementService } from './settlement.service.ts'

export interface ReconcilerDeps {
  payments: PaymentRepository
  breaks: BreakRepository
  gateway: PaymentGateway
  settlement: SettlementService
  clock: Clock
  log: Log
}

const SECOND = 1000
const DAY = 86_400 * SECOND
const BATCH = 200
const PARALLEL = 4
/** Intents of a sweep that are compared at a time. */
const SWEEP_BATCH = 100
/** Payments of the last two hours are asked about every round, older ones once in ten minutes. */
const YOUNG = 7200 * SECOND

/** Makes the mirror right with no webhook at all, and writes down what it had to fix. */
export function createReconciler({ payments, breaks, gateway, settlement, clock, log }: ReconcilerDeps) {
  const ago = (milliseconds: number) => new Date(clock.now().getTime() - milliseconds)

  async function check({ orderId, intentId }: Payment): Promise<void> {
    if (!intentId || !(await settlement.refreshIntent(intentId))) return
    const note = 'Stripe had moved on and no webhook had said so.'
    await breaks.record({ kind: 'missed_event', orderId, intentId, note }, clock.now())
  }

  async function checkAll(list: Payment[]): Promise<void> {
    const queue = [...list]
    const worker = async () => {
      for (let payment = queue.shift(); payment; payment = queue.shift()) {
        const { orderId } = payment
        await check(payment).catch((error) =>
          log.warn({ err: error, orderId }, 'a payment could not be reconciled yet'),
        )
      }
    }
    await Promise.all(Array.from({ length: PARALLEL }, worker))
  }

  /** An intent whose making was never answered, of an order that has ended since. */
  async function closeUnheard({ orderId, intentId }: IntentFacts): Promise<void> {
    const payment = orderId ? await payments.find(orderId) : null
    if (payment?.status === 'canceled' && payment.intentId === null) await gateway.cancelIntent(intentId)
  }

  async function takeOver(intents: IntentFacts[]): Promise<void> {
    for (const facts of await settlement.selectNews(intents)) {
      if (facts.status === 'succeeded') await settlement.applyIntent(facts)
      else await closeUnheard(facts)
    }
  }

  return {
    /** Every intent that may still move and is older than 30 s; every refund that is pending. */
    async round(): Promise<void> {
      const now = clock.now()
      const young = { olderThan: ago(30 * SECOND), youngerThan: ago(YOUNG), checkedBefore: ago(10 * SECOND) }
      const old = { olderThan: ago(YOUNG), youngerThan: new Date(0), checkedBefore: ago(600 * SECOND) }
      await checkAll(await payments.listUnsettled({ ...young, now, limit: BATCH }))
      await checkAll(await payments.listUnsettled({ ...old, now, limit: BATCH }))
      for (const orderId of await payments.listOrdersWithPendingRefunds(BATCH)) {
        const payment = await payments.find(orderId)
        if (payment?.intentId) await settlement.refreshRefunds(payment.intentId)
      }
    },
    /** Every paid intent of the last day must be known here as paid, and none may stay open whose order has ended. */
    async sweep(): Promise<void> {
      let batch: IntentFacts[] = []
      for await (const facts of gateway.listIntentsSince(ago(DAY))) {
        if (facts.status !== 'canceled') batch.push(facts)
        if (batch.length < SWEEP_BATCH) continue
        await takeOver(batch)
        batch = []
      }
      await takeOver(batch)
    },
  }
}
