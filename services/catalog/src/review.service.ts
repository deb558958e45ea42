import type { Identity } from '@vitrine/contracts/identity'
import type {
  ModeratedReview,
  ModerationInput,
  ModerationList,
  OwnReview,
  Review,
  ReviewInput,
  ReviewList,
  ReviewStatus,
} from '@vitrine/contracts/reviews'
import type { Clock } from '@vitrine/kernel/clock'
import { notFound } from '@vitrine/kernel/errors'
import { newId } from '@vitrine/kernel/ids'
import type { Editor } from './edit.ts'
import type { ProductRecord } from './product.repository.ts'
import type { PurchaseRepository } from './purchase.repository.ts'
import type { ReviewRecord, ReviewRepository } from './review.repository.ts'
import { authorOf } from './review.rules.ts'
import { type CatalogView, recordOf } from './view.rules.ts'
import type { CatalogViews } from './view.service.ts'

export interface ReviewServiceDeps {
  reviews: ReviewRepository
  purchases: PurchaseRepository
  views: CatalogViews
  clock: Clock
}

interface Paging {
  limit: number
  cursor: string | null
}

const toReview = ({ userId: _private, moderatedBy: _staff, createdAt, ...review }: ReviewRecord): Review => ({
  ...review,
  createdAt: createdAt.toISOString(),
})

function toModerated(view: CatalogView, record: ReviewRecord): ModeratedReview {
  const product = view.listed.get(record.productId)?.record
  const { productId: id, moderatedBy } = record
  return {
    ...toReview(record),
    product: { id, slug: product?.slug ?? id, title: product?.title ?? 'A product that is gone' },
    moderatedBy,
  }
}

export function createReviewService({ reviews, purchases, views, clock }: ReviewServiceDeps) {
  async function requireActive(idOrSlug: string): Promise<ProductRecord> {
    const view = await views.fresh()
    const record = recordOf(view, idOrSlug)
    if (record?.status !== 'active') throw notFound('product')
    return record
  }

  return {
    async list(idOrSlug: string, paging: Paging): Promise<ReviewList> {
      const { id, ratingCounts } = await requireActive(idOrSlug)
      const { items, ...page } = await reviews.listPublished(id, paging)
      return { items: items.map(toReview), ...page, histogram: ratingCounts }
    },
    async add(idOrSlug: string, input: ReviewInput, by: Identity): Promise<Review> {
      const { id: productId } = await requireActive(idOrSlug)
      const record: ReviewRecord = {
        id: newId('rev'),
        productId,
        userId: by.userId,
        author: authorOf(by.name),
        isVerified: await purchases.hasBought(by.userId, productId),
        status: 'pending',
        ...input,
        createdAt: clock.now(),
        moderatedBy: null,
      }
      await reviews.add(record)
      return toReview(record)
    },
    async getOwn(idOrSlug: string, { userId }: Identity): Promise<OwnReview> {
      const { id } = await requireActive(idOrSlug)
      const [own, isBuyer] = await Promise.all([reviews.findOwn(id, userId), purchases.hasBought(userId, id)])
      return { review: own && toReview(own), isBuyer }
    },
    async editOwn(idOrSlug: string, input: ReviewInput, { userId, name }: Identity): Promise<Review> {
      const { id: productId } = await requireActive(idOrSlug)
      const isVerified = await purchases.hasBought(userId, productId)
      const edited = await reviews.edit({ productId, userId }, { ...input, author: authorOf(name), isVerified })
      if (!edited) throw notFound('review')
      return toReview(edited)
    },
    async listAll(status: ReviewStatus | null, paging: Paging): Promise<ModerationList> {
      const [view, { items, ...page }] = await Promise.all([views.fresh(), reviews.list(status, paging)])
      return { items: items.map((record) => toModerated(view, record)), ...page }
    },
    async moderate(id: string, { status }: ModerationInput, { actor, hand }: Editor): Promise<ModeratedReview> {
      const record = await reviews.moderate(id, status, actor, hand)
      if (!record) throw notFound('review')
      return toModerated(await views.fresh(), record)
    },
  }
}

export type ReviewService = ReturnType<typeof createReviewService>
