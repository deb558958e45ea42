import type { Review, ReviewInput, ReviewList } from '@vitrine/contracts/catalog'
import type { Identity } from '@vitrine/contracts/identity'
import type { Clock } from '@vitrine/kernel/clock'
import { notFound } from '@vitrine/kernel/errors'
import { newId } from '@vitrine/kernel/ids'
import type { ProductRecord } from './product.repository.ts'
import type { ReviewRepository } from './review.repository.ts'
import { authorOf } from './review.rules.ts'
import { recordOf } from './view.rules.ts'
import type { CatalogViews } from './view.service.ts'

export function createReviewService({
  reviews,
  views,
  clock,
}: {
  reviews: ReviewRepository
  views: CatalogViews
  clock: Clock
}) {
  async function requireActive(idOrSlug: string): Promise<ProductRecord> {
    const view = await views.fresh()
    const record = recordOf(view, idOrSlug)
    if (record?.status !== 'active') throw notFound('product')
    return record
  }

  return {
    async list(idOrSlug: string, paging: { limit: number; cursor: string | null }): Promise<ReviewList> {
      const { id, ratingCounts } = await requireActive(idOrSlug)
      return { ...(await reviews.list(id, paging)), histogram: ratingCounts }
    },
    async add(idOrSlug: string, input: ReviewInput, by: Identity, requestId: string): Promise<Review> {
      const { id: productId } = await requireActive(idOrSlug)
      const createdAt = clock.now()
      const review = { id: newId('rev'), productId, author: authorOf(by.name), ...input }
      await reviews.add({ ...review, userId: by.userId, createdAt }, { actor: by.userId, requestId, at: createdAt })
      return { ...review, createdAt: createdAt.toISOString() }
    },
  }
}

export type ReviewService = ReturnType<typeof createReviewService>
