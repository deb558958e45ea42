import { ShopRates, ShopRatesInput } from '@vitrine/contracts/shipping'
import { type createServiceApp, ok, replies } from '@vitrine/kernel/app'
import { handOf } from '@vitrine/kernel/staff-act'
import type { RatesService } from './rates.service.ts'

/** Zones, delivery prices and tax rates: what money is asked for where belongs with the promotions. */
export function ratesRoutes(app: ReturnType<typeof createServiceApp>, rates: RatesService) {
  return app
    .get('/api/orders/rates', async () => ok(await rates.get()), {
      permission: 'promotions:write',
      detail: { summary: 'What delivery and tax cost where' },
      response: replies(ShopRates),
    })
    .put('/api/orders/rates', async (context) => ok(await rates.save(context.body, handOf(context))), {
      permission: 'promotions:write',
      body: ShopRatesInput,
      detail: { summary: 'Change zones, delivery prices and tax rates' },
      response: replies(ShopRates),
    })
}
