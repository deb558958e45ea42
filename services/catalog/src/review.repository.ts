import type { Review, ReviewInput, ReviewStatus } from '@vitrine/contracts/reviews'
import type { Transaction } from '@vitrine/kernel/mongo'
import type { StaffHand } from '@vitrine/kernel/staff-act'

/** A review as it is stored. */
export interface ReviewRecord extends Omit<Review, 'createdAt'> {
  userId: string
  createdAt: Date
  moderatedBy: string | null
}

interface Paging {
  limit: number
  cursor: string | null
}

export interface ReviewPage {
  items: ReviewRecord[]
  nextCursor: string | null
  total: number
}

/** Reviews. A product's rating counts what is published and changes in the same transaction. */
export interface ReviewRepository {
  listPublished(productId: string, paging: Paging): Promise<ReviewPage>
  /** Newest first, of one state or of all. */
  list(status: ReviewStatus | null, paging: Paging): Promise<ReviewPage>
  findOwn(productId: string, userId: string): Promise<ReviewRecord | null>
  /** Saves a new review; conflict when this person already reviewed the product. */
  add(review: ReviewRecord): Promise<void>
  /** Replaces what the person wrote and lets it wait for a moderator again; null when there is nothing of theirs. */
  edit(
    own: { productId: string; userId: string },
    change: ReviewInput & { author: string; isVerified: boolean },
  ): Promise<ReviewRecord | null>
  /** Null for a review that does not exist. Safe to repeat. */
  moderate(id: string, status: ReviewStatus, moderator: string, hand?: StaffHand | null): Promise<ReviewRecord | null>
  /** Takes a person's name off what they wrote. */
  forgetAuthor(userId: string, transaction: Transaction): Promise<void>
}
