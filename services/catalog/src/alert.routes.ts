import { StockAlert, StockAlertInput } from '@vitrine/contracts/inventory'
import { ok, replies } from '@vitrine/kernel/app'
import { z } from 'zod'
import type { AlertService } from './alert.service.ts'
import type { ServiceApp } from './browse.routes.ts'

const VariantId = z.object({ id: z.string().max(120), sku: z.string().max(64) })

export function alertRoutes(app: ServiceApp, alerts: AlertService): void {
  app.post(
    '/api/catalog/products/:id/variants/:sku/alerts',
    async ({ params, body, set }) => {
      const alert = await alerts.add(params.id, params.sku, body.email)
      set.status = 202
      return ok(alert)
    },
    {
      params: VariantId,
      body: StockAlertInput,
      response: replies(StockAlert, 202),
      detail: { summary: 'Ask for one mail when a variant is back in stock' },
    },
  )
}
