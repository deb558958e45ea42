import { Review, ReviewInput, ReviewList } from '@vitrine/contracts/catalog'
import { ok, replies } from '@vitrine/kernel/app'
import { AppError } from '@vitrine/kernel/errors'
import { z } from 'zod'
import type { ServiceApp } from './browse.routes.ts'
import type { ReviewService } from './review.service.ts'

const Id = z.object({ id: z.string().max(120) })
const Paging = z.object({
  limit: z.coerce.number().int().min(1).max(50).default(10),
  cursor: z.string().max(20).optional(),
})

export function reviewRoutes(app: ServiceApp, reviews: ReviewService): void {
  app
    .get(
      '/api/catalog/products/:id/reviews',
      async ({ params, query: { limit, cursor = null } }) => ok(await reviews.list(params.id, { limit, cursor })),
      {
        params: Id,
        query: Paging,
        response: replies(ReviewList),
        detail: { summary: 'Reviews of a product' },
      },
    )
    .post(
      '/api/catalog/products/:id/reviews',
      async ({ params, body, identity, requestId, set }) => {
        if (!identity) throw new AppError('unauthenticated', 'Sign in first.')
        set.status = 201
        return ok(await reviews.add(params.id, body, identity, requestId))
      },
      {
        params: Id,
        body: ReviewInput,
        response: replies(Review, 201),
        signedIn: true,
        detail: { summary: 'Review a product' },
      },
    )
}
