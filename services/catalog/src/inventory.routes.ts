import { InventoryList, MovementInput, MovementList, Stock } from '@vitrine/contracts/inventory'
import { ok, replies } from '@vitrine/kernel/app'
import { z } from 'zod'
import type { ServiceApp } from './browse.routes.ts'
import { editorOf } from './editor.routes.ts'
import type { InventoryService } from './inventory.service.ts'

const SkuPath = z.object({ sku: z.string().max(64) })
const Paging = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})
/** `low=true` lists what is at or below `threshold` (3 unless told). */
const ListQuery = Paging.extend({
  low: z.enum(['true', 'false']).optional(),
  threshold: z.coerce.number().int().min(0).max(1000).default(3),
})

export function inventoryRoutes(app: ServiceApp, inventory: InventoryService): void {
  app
    .get(
      '/api/catalog/inventory',
      async ({ query: { limit, cursor = null, low, threshold } }) =>
        ok(await inventory.list({ limit, cursor, lowAt: low === 'true' ? threshold : null })),
      {
        query: ListQuery,
        response: replies(InventoryList),
        permission: 'inventory:read',
        detail: { summary: 'Stock of every SKU' },
      },
    )
    .get('/api/catalog/inventory/:sku', async ({ params }) => ok(await inventory.get(params.sku)), {
      params: SkuPath,
      response: replies(Stock),
      permission: 'inventory:read',
      detail: { summary: 'Stock of one SKU' },
    })
    .get(
      '/api/catalog/inventory/:sku/movements',
      async ({ params, query: { limit, cursor = null } }) =>
        ok(await inventory.movements(params.sku, { limit, cursor })),
      {
        params: SkuPath,
        query: Paging,
        response: replies(MovementList),
        permission: 'inventory:read',
        detail: { summary: 'The ledger of one SKU' },
      },
    )
    .post(
      '/api/catalog/inventory/:sku/movements',
      async (context) => {
        context.set.status = 201
        return ok(await inventory.move(context.params.sku, context.body, editorOf(context)))
      },
      {
        params: SkuPath,
        body: MovementInput,
        response: replies(Stock, 201),
        permission: 'inventory:write',
        detail: { summary: 'Record a movement' },
      },
    )
}
