import {
  ModeratedReview,
  ModerationInput,
  ModerationList,
  OwnReview,
  Review,
  ReviewInput,
  ReviewList,
  ReviewStatus,
} from '@vitrine/contracts/reviews'
import { ok, replies } from '@vitrine/kernel/app'
import { z } from 'zod'
import type { ServiceApp } from './browse.routes.ts'
import { editorOf, personOf } from './editor.routes.ts'
import type { PublicReplies } from './public.replies.ts'
import type { ReviewService } from './review.service.ts'

const Id = z.object({ id: z.string().max(120) })
const Paging = z.object({
  limit: z.coerce.number().int().min(1).max(50).default(10),
  cursor: z.string().max(20).optional(),
})
const ModerationQuery = Paging.extend({ status: ReviewStatus.optional() })

export function reviewRoutes(app: ServiceApp, reviews: ReviewService, answer: PublicReplies): void {
  const path = '/api/catalog/products/:id/reviews'
  app
    .get(
      path,
      (context) => {
        const { params, query } = context
        const build = () => reviews.list(params.id, { limit: query.limit, cursor: query.cursor ?? null })
        return answer(context, { schema: ReviewList, query, build, isBeyondView: true })
      },
      { params: Id, query: Paging, response: replies(ReviewList), detail: { summary: 'Reviews of a product' } },
    )
    .post(
      path,
      async (context) => {
        const review = await reviews.add(context.params.id, context.body, personOf(context))
        context.set.status = 201
        return ok(review)
      },
      {
        params: Id,
        body: ReviewInput,
        response: replies(Review, 201),
        signedIn: true,
        detail: { summary: 'Review a product; a moderator publishes it' },
      },
    )
    .get(`${path}/mine`, async (context) => ok(await reviews.getOwn(context.params.id, personOf(context))), {
      params: Id,
      response: replies(OwnReview),
      signedIn: true,
      detail: { summary: 'One\u2019s own review of a product' },
    })
    .patch(
      `${path}/mine`,
      async (context) => ok(await reviews.editOwn(context.params.id, context.body, personOf(context))),
      {
        params: Id,
        body: ReviewInput,
        response: replies(Review),
        signedIn: true,
        detail: { summary: 'Change one\u2019s own review; it waits for a moderator again' },
      },
    )
    .get(
      '/api/catalog/reviews',
      async ({ query: { status = null, limit, cursor = null } }) =>
        ok(await reviews.listAll(status, { limit, cursor })),
      {
        query: ModerationQuery,
        response: replies(ModerationList),
        permission: 'reviews:write',
        detail: { summary: 'Reviews of all products, newest first' },
      },
    )
    .patch(
      '/api/catalog/reviews/:id',
      async (context) => ok(await reviews.moderate(context.params.id, context.body, editorOf(context))),
      {
        params: Id,
        body: ModerationInput,
        response: replies(ModeratedReview),
        permission: 'reviews:write',
        detail: { summary: 'Publish or reject a review' },
      },
    )
}
