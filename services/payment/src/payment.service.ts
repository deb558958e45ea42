import type { IntentCancellation, IntentInput, PaymentHandle } from '@vitrine/contracts/payment-intents'
import type { PaymentConfig, PaymentView } from '@vitrine/contracts/payments'
import type { Clock } from '@vitrine/kernel/clock'
import { conflict, notFound, unavailable } from '@vitrine/kernel/errors'
import { reach } from '@vitrine/kernel/test.switches'
import type { IntentFacts, PaymentGateway } from './gateway.ts'
import type { PaymentRepository } from './payment.repository.ts'
import type { Payment } from './payment.ts'
import { toPaymentView } from './payment.view.ts'
import type { SettlementService } from './settlement.service.ts'

export interface PaymentServiceDeps {
  payments: PaymentRepository
  gateway: PaymentGateway
  settlement: SettlementService
  clock: Clock
  config: PaymentConfig
}

const newPayment = ({ orderId, amount, email }: IntentInput, status: Payment['status'], now: Date): Payment => ({
  orderId,
  intentId: null,
  clientSecret: null,
  status,
  amount,
  email,
  refunded: 0,
  failure: null,
  succeededAt: null,
  createdAt: now,
  updatedAt: now,
  version: 1,
})

/** One intent per order. The order id is the key at every step, so repeating is always safe. */
export function createPaymentService({ payments, gateway, settlement, clock, config }: PaymentServiceDeps) {
  const toHandle = (intentId: string, clientSecret: string): PaymentHandle => ({
    intentId,
    clientSecret,
    publishableKey: config.publishableKey,
    scriptUrl: config.scriptUrl,
  })

  async function requirePlan(input: IntentInput): Promise<Payment> {
    const planned = newPayment(input, 'planned', clock.now())
    if (await payments.insert(planned)) return planned
    const known = await payments.find(input.orderId)
    if (!known) throw unavailable('The payment record')
    if (known.status === 'canceled') throw conflict('illegal_transition', 'The payment of this order was cancelled.')
    const isSame = known.amount.amount === input.amount.amount && known.amount.currency === input.amount.currency
    if (!isSame)
      throw conflict('idempotency_mismatch', 'This order already has a payment over another amount.', {
        amount: known.amount,
      })
    return known
  }

  /** Stripe has the intent; the order may have been cancelled while we asked. */
  async function attach(planned: Payment, facts: IntentFacts): Promise<PaymentHandle> {
    const { intentId, clientSecret, status } = facts
    reach('intent-made')
    if (await payments.save({ payment: { ...planned, intentId, clientSecret, status, updatedAt: clock.now() } })) {
      return toHandle(intentId, clientSecret)
    }
    const known = await payments.find(planned.orderId)
    if (known?.intentId && known.clientSecret) return toHandle(known.intentId, known.clientSecret)
    await gateway.cancelIntent(intentId)
    throw conflict('illegal_transition', 'The payment of this order was cancelled.')
  }

  async function cancelKnown(payment: Payment): Promise<IntentCancellation> {
    if (!payment.intentId) return closePlan(payment)
    if (payment.status === 'succeeded') return { outcome: 'succeeded' }
    if (payment.status === 'canceled') return { outcome: 'cancelled' }
    const answer = await gateway.cancelIntent(payment.intentId)
    const facts = answer === 'refused' ? await gateway.findIntent(payment.intentId) : answer
    if (facts) await settlement.applyIntent(facts)
    if (facts?.status === 'succeeded') return { outcome: 'succeeded' }
    if (facts?.status === 'canceled') return { outcome: 'cancelled' }
    throw unavailable('The payment provider')
  }

  /** Nobody ever got the client secret of a planned intent, so it cannot be paid; a late answer of Stripe is turned away. */
  async function closePlan(payment: Payment): Promise<IntentCancellation> {
    if (payment.status === 'canceled') return { outcome: 'absent' }
    const isSaved = await payments.save({ payment: { ...payment, status: 'canceled', updatedAt: clock.now() } })
    if (!isSaved) return cancel(payment.orderId)
    // Stripe may have made it although nobody heard so. What this misses, the reconciler's sweep finds.
    await cancelUnheard(payment).catch(() => undefined)
    return { outcome: 'absent' }
  }

  /** The key of the order brings back the intent that was made, or a new one that ends at once. */
  async function cancelUnheard({ orderId, amount, email }: Payment): Promise<void> {
    const { intentId } = await gateway.createIntent({ orderId, amount, email })
    await gateway.cancelIntent(intentId)
  }

  async function cancel(orderId: string): Promise<IntentCancellation> {
    const known = await payments.find(orderId)
    if (known) return cancelKnown(known)
    const tombstone = newPayment(
      { orderId, amount: { amount: 0, currency: 'EUR' }, email: '' },
      'canceled',
      clock.now(),
    )
    return (await payments.insert({ ...tombstone, email: '-' })) ? { outcome: 'absent' } : cancel(orderId)
  }

  async function view(orderId: string): Promise<PaymentView> {
    const payment = await payments.find(orderId)
    if (!payment?.intentId) throw notFound('payment')
    return toPaymentView(payment, payment.intentId, await payments.listRefunds(orderId))
  }

  return {
    config: () => config,
    async create(input: IntentInput): Promise<PaymentHandle> {
      const payment = await requirePlan(input)
      if (payment.intentId && payment.clientSecret) return toHandle(payment.intentId, payment.clientSecret)
      return attach(payment, await gateway.createIntent(input))
    },
    /** Pays a demo order in the sandbox, once. With real Stripe keys there is nothing to play with. */
    async payDemo(input: IntentInput): Promise<PaymentView> {
      if (config.mode !== 'sandbox') throw conflict('conflict', 'Only the sandbox pays demo orders.')
      const payment = await requirePlan(input)
      const { intentId } =
        payment.intentId && payment.clientSecret ? payment : await attach(payment, await gateway.createIntent(input))
      if (intentId && payment.status !== 'succeeded')
        await settlement.applyIntent(await gateway.payWithTestCard(intentId))
      return view(input.orderId)
    },
    async handle(orderId: string): Promise<PaymentHandle> {
      const payment = await payments.find(orderId)
      if (!payment?.intentId || !payment.clientSecret) throw notFound('payment')
      return toHandle(payment.intentId, payment.clientSecret)
    },
    cancel,
    view,
  }
}

export type PaymentService = ReturnType<typeof createPaymentService>
