import type { Review } from '@vitrine/contracts/catalog'
import type { Cause } from './product.repository.ts'

export interface NewReview extends Omit<Review, 'createdAt'> {
  userId: string
  createdAt: Date
}

export interface ReviewRepository {
  list(
    productId: string,
    query: { limit: number; cursor: string | null },
  ): Promise<{ items: Review[]; nextCursor: string | null; total: number }>
  /** Saves the review and counts its rating; conflict when this person already reviewed the product. */
  add(review: NewReview, cause: Cause): Promise<void>
}
