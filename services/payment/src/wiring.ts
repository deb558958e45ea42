import type { Clock } from '@vitrine/kernel/clock'
import type { Log } from '@vitrine/kernel/log'
import type { Connection } from '@vitrine/kernel/mongo'
import { createOutbox } from '@vitrine/kernel/outbox'
import { mongoBreakRepository } from './break.mongo.ts'
import { mongoPaymentRepository } from './payment.mongo.ts'
import { createPaymentService } from './payment.service.ts'
import { createReconciler } from './reconciler.service.ts'
import { createRefundService } from './refund.service.ts'
import { createSettlementService } from './settlement.service.ts'
import { stripeGateway } from './stripe.gateway.ts'
import type { StripeSettings } from './stripe.settings.ts'
import { createTraceService } from './trace.service.ts'
import { mongoWebhookRepository } from './webhook.mongo.ts'
import { createWebhookService } from './webhook.service.ts'

interface WiringOptions {
  connection: Connection
  clock: Clock
  log: Log
  settings: StripeSettings
}

/** Adapters and use cases of the service, connected once; main and tests use the same. */
export function wirePayments({ connection, clock, log, settings }: WiringOptions) {
  const outbox = createOutbox(connection)
  const payments = mongoPaymentRepository(connection, outbox)
  const breaks = mongoBreakRepository(connection)
  const webhookStore = mongoWebhookRepository(connection, outbox)
  const gateway = stripeGateway(settings)
  const { isLive, config, webhookSecret: configuredSecret } = settings
  const settlement = createSettlementService({ payments, breaks, gateway, clock, isLive })
  return {
    outbox,
    breaks,
    traces: createTraceService({ payments, breaks, webhooks: webhookStore, outbox }),
    service: createPaymentService({ payments, gateway, settlement, clock, config }),
    refunds: createRefundService({ payments, gateway, settlement }),
    webhooks: createWebhookService({
      webhooks: webhookStore,
      breaks,
      gateway,
      settlement,
      clock,
      log,
      isLive,
      configuredSecret,
    }),
    reconciler: createReconciler({ payments, breaks, gateway, settlement, clock, log }),
  }
}
