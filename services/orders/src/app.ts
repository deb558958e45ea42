import { createServiceApp } from '@vitrine/kernel/app'
import type { ServiceClient } from '@vitrine/kernel/http'
import type { Inbox } from '@vitrine/kernel/inbox'
import type { Outbox } from '@vitrine/kernel/outbox'
import { type PeopleKeeper, peopleRoutes } from '@vitrine/kernel/people'
import type { Failpoint } from '@vitrine/kernel/test.switches'
import type { AttemptRepository } from './attempt.repository.ts'
import { checkoutRoutes } from './checkout.routes.ts'
import { createCheckoutService } from './checkout.service.ts'
import { createIdempotency } from './idempotency.service.ts'
import { createNeighbours } from './neighbours.ts'
import type { AccessRepository, OrderRepository } from './order.repository.ts'
import { orderRoutes, staffRoutes } from './order.routes.ts'
import { createOrderService } from './order.service.ts'
import type { PromotionRepository } from './promotion.repository.ts'
import { promotionRoutes } from './promotion.routes.ts'
import { createPromotionService } from './promotion.service.ts'
import { createQuoteService } from './quote.service.ts'
import type { RatesRepository } from './rates.repository.ts'
import { ratesRoutes } from './rates.routes.ts'
import { createRatesService } from './rates.service.ts'
import { createSettlementService } from './settlement.service.ts'
import { streamRoutes } from './stream.routes.ts'
import { testerRoutes } from './tester.routes.ts'
import { createTraceService } from './trace.service.ts'

export type OrdersDeps = Omit<Parameters<typeof createServiceApp>[0], 'name'> & {
  client: ServiceClient
  outbox: Pick<Outbox, 'listOfOrder'>
  inbox: Pick<Inbox, 'listSeen'>
  orders: OrderRepository
  access: AccessRepository
  people: PeopleKeeper
  attempts: AttemptRepository
  promotions: PromotionRepository
  rates: RatesRepository
  settings: { holdMinutes: number; taxIncluded: boolean; shopCountry: string }
  /** A shop in sandbox mode, out of the public's reach. */
  isForTesters: boolean
  reach: Failpoint
}

/** The use cases of orders, put together. */
export function createOrdersServices(
  deps: Pick<
    OrdersDeps,
    | 'client'
    | 'outbox'
    | 'inbox'
    | 'orders'
    | 'access'
    | 'attempts'
    | 'promotions'
    | 'rates'
    | 'settings'
    | 'reach'
    | 'clock'
    | 'log'
  >,
) {
  const { orders, access, settings, log } = deps
  const neighbours = createNeighbours(deps.client)
  const promotions = createPromotionService({ promotions: deps.promotions, orders })
  const rates = createRatesService({ rates: deps.rates, taxIncluded: settings.taxIncluded })
  const quotes = createQuoteService({ neighbours, promotions, rates, shopCountry: settings.shopCountry })
  const settlement = createSettlementService({ orders, neighbours, clock: deps.clock, log })
  const checkout = createCheckoutService({ ...deps, ...settings, promotions, quotes, settlement, neighbours })
  const once = createIdempotency({ attempts: deps.attempts, hasOrder: async (id) => (await orders.find(id)) !== null })
  const service = createOrderService({ orders, access, settlement, neighbours, issueToken: checkout.issueToken })
  const traces = createTraceService(deps)
  return { traces, promotions, rates, quotes, settlement, checkout, once, service }
}

export function createOrdersApp(deps: OrdersDeps & { services: ReturnType<typeof createOrdersServices> }) {
  const { services } = deps
  const app = createServiceApp({ ...deps, name: 'orders' })
  peopleRoutes(app, 'orders', deps.people)
  promotionRoutes(app, services.promotions)
  ratesRoutes(app, services.rates)
  checkoutRoutes(app, services)
  streamRoutes(app, services.service, () => deps.clock.now())
  orderRoutes(app, services.service)
  if (deps.isForTesters) testerRoutes(app, services.traces)
  return staffRoutes(app, services.service, services.traces)
}
