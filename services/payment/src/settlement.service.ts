import type { Clock } from '@vitrine/kernel/clock'
import { unavailable } from '@vitrine/kernel/errors'
import type { BreakRepository } from './break.repository.ts'
import type { IntentFacts, PaymentGateway, RefundFacts } from './gateway.ts'
import type { PaymentRepository } from './payment.repository.ts'
import { mismatchOf, settle, settleRefund } from './payment.rules.ts'
import type { RefundRecord } from './payment.ts'

export interface SettlementDeps {
  payments: PaymentRepository
  breaks: BreakRepository
  gateway: PaymentGateway
  clock: Clock
  /** Live or test, as configured. */
  isLive: boolean
}

const MAX_TRIES = 10

/** The only writer of what Stripe says: webhook worker, reconciler and use cases all end here. */
export function createSettlementService({ payments, breaks, gateway, clock, isLive }: SettlementDeps) {
  /** Safe to repeat: each fact is announced once. True when it was news. */
  async function applyIntent(facts: IntentFacts): Promise<boolean> {
    for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
      const payment = await payments.findByIntent(facts.intentId)
      if (!payment) {
        await recordUnknown(facts)
        return false
      }
      const mismatch = mismatchOf(payment, facts, isLive)
      if (mismatch) {
        const note = `Expected ${payment.amount.amount} ${payment.amount.currency}, Stripe has ${facts.amountReceived || facts.amount} ${facts.currency}.`
        await breaks.record({ kind: mismatch, orderId: payment.orderId, intentId: facts.intentId, note }, clock.now())
        if (mismatch === 'wrong_mode') return false
      }
      const settlement = settle(payment, facts, clock.now())
      if (!settlement) return false
      if (await payments.save(settlement)) return true
    }
    throw unavailable('The payment record')
  }

  async function recordUnknown(facts: IntentFacts) {
    if (facts.status !== 'succeeded') return
    const note = 'Stripe has a paid intent that belongs to no order here.'
    await breaks.record({ kind: 'unknown_order', orderId: facts.orderId, intentId: facts.intentId, note }, clock.now())
  }

  async function applyRefund(orderId: string, facts: RefundFacts): Promise<RefundRecord> {
    for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
      const [payment, known] = [await payments.find(orderId), await payments.findRefund(facts.refundId)]
      if (!payment) break
      const settlement = settleRefund(payment, known, facts, clock.now())
      if (!settlement && known) return known
      if (settlement && (await payments.save(settlement))) return settlement.refund
    }
    throw unavailable('The payment record')
  }

  return {
    applyIntent,
    applyRefund,
    /** Those that the mirror does not show yet, or shows otherwise. One query, however many. */
    async selectNews(intents: IntentFacts[]): Promise<IntentFacts[]> {
      const list = await payments.listByIntents(intents.map(({ intentId }) => intentId))
      const known = new Map(list.map((payment) => [payment.intentId, payment]))
      return intents.filter((facts) => {
        const payment = known.get(facts.intentId)
        return !payment || mismatchOf(payment, facts, isLive) || settle(payment, facts, clock.now())
      })
    },
    /** Asks Stripe how the intent stands and takes it over. */
    async refreshIntent(intentId: string): Promise<boolean> {
      const facts = await gateway.findIntent(intentId)
      return facts ? applyIntent(facts) : false
    },
    /** Takes over every refund of an intent, also those made outside the shop. */
    async refreshRefunds(intentId: string): Promise<void> {
      const payment = await payments.findByIntent(intentId)
      if (!payment) return
      for (const facts of await gateway.listRefunds(intentId)) await applyRefund(payment.orderId, facts)
    },
  }
}

export type SettlementService = ReturnType<typeof createSettlementService>
