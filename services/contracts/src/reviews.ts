import { z } from 'zod'
import { page } from './envelope.ts'

const text = (max: number) => z.string().trim().min(1).max(max)

export const ReviewInput = z.strictObject({
  rating: z.int().min(1).max(5),
  title: text(120),
  body: text(4_000),
})
export type ReviewInput = z.infer<typeof ReviewInput>

/** New and edited reviews wait for a moderator; the shop shows and counts the published ones. */
export const ReviewStatus = z.enum(['pending', 'published', 'rejected'])
export type ReviewStatus = z.infer<typeof ReviewStatus>

export const Review = z.object({
  id: z.string(),
  productId: z.string(),
  author: z.string(),
  /** The author has a confirmed order with this product. */
  isVerified: z.boolean(),
  status: ReviewStatus,
  rating: z.int(),
  title: z.string(),
  body: z.string(),
  createdAt: z.iso.datetime(),
})
export type Review = z.infer<typeof Review>

/** GET /products/:id/reviews/mine: what this person wrote, and whether they bought it. */
export const OwnReview = z.object({ review: Review.nullable(), isBuyer: z.boolean() })
export type OwnReview = z.infer<typeof OwnReview>

/** A review as moderators see it. */
export const ModeratedReview = Review.extend({
  product: z.object({ id: z.string(), slug: z.string(), title: z.string() }),
  moderatedBy: z.string().nullable(),
})
export type ModeratedReview = z.infer<typeof ModeratedReview>

export const ModerationList = page(ModeratedReview)
export type ModerationList = z.infer<typeof ModerationList>

/** PATCH /reviews/:id. */
export const ModerationInput = z.strictObject({ status: z.enum(['published', 'rejected']) })
export type ModerationInput = z.infer<typeof ModerationInput>

/** `histogram[0]` counts one-star reviews, `histogram[4]` five-star ones. */
export const ReviewList = page(Review).extend({ histogram: z.array(z.int()).length(5) })
export type ReviewList = z.infer<typeof ReviewList>
