import { page } from '@vitrine/contracts/envelope'
import {
  Promotion,
  PromotionEvaluation,
  PromotionInput,
  PromotionOutcome,
  PromotionPatch,
} from '@vitrine/contracts/promotions'
import { type createServiceApp, ok, replies } from '@vitrine/kernel/app'
import { handOf } from '@vitrine/kernel/staff-act'
import { z } from 'zod'
import type { PromotionService } from './promotion.service.ts'

const PromotionId = z.object({ id: z.string().min(1).max(80) })

export function promotionRoutes(app: ReturnType<typeof createServiceApp>, promotions: PromotionService) {
  return app
    .get('/api/orders/promotions', async () => ok(await promotions.list()), {
      permission: 'promotions:write',
      detail: { summary: 'List promotions' },
      response: replies(page(Promotion)),
    })
    .post(
      '/api/orders/promotions',
      async (context) => {
        context.set.status = 201
        return ok(await promotions.add(context.body, context.now, handOf(context)))
      },
      {
        permission: 'promotions:write',
        body: PromotionInput,
        detail: { summary: 'Create a promotion' },
        response: replies(Promotion, 201),
      },
    )
    .get('/api/orders/promotions/:id', async ({ params }) => ok(await promotions.get(params.id)), {
      permission: 'promotions:write',
      params: PromotionId,
      detail: { summary: 'Read one promotion' },
      response: replies(Promotion),
    })
    .patch(
      '/api/orders/promotions/:id',
      async (context) => ok(await promotions.change(context.params.id, context.body, handOf(context))),
      {
        permission: 'promotions:write',
        params: PromotionId,
        body: PromotionPatch,
        detail: { summary: 'Change a promotion' },
        response: replies(Promotion),
      },
    )
    .delete(
      '/api/orders/promotions/:id',
      async (context) => {
        await promotions.remove(context.params.id, handOf(context))
        context.set.status = 204
      },
      {
        permission: 'promotions:write',
        params: PromotionId,
        response: { 204: z.undefined() },
        detail: { summary: 'Delete a promotion' },
      },
    )
    .post('/internal/orders/promotions/evaluate', async ({ body, now }) => ok(await promotions.evaluate(body, now)), {
      callers: ['cart'],
      body: PromotionEvaluation,
      response: replies(PromotionOutcome),
    })
}
